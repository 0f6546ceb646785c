"""UN Comtrade: what both sides of a pair report, by month or year, in total or by HS chapter."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Literal

import msgspec

from tallyman.model import Measure, Observation, Reject, TallymanError
from tallyman.providers.about import about
from tallyman.providers.periods import written
from tallyman.providers.rows import agreeing, identified

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tallyman.fetch import Answer, Fetcher

Commodities = Literal["TOTAL", "AG2"]
_KEY_HEADER = "Ocp-Apim-Subscription-Key"
_ANNUAL = 4


class _Row(msgspec.Struct, frozen=True, rename="camel"):
    period: str
    reporter_code: int
    partner_code: int
    flow_code: str
    cmd_code: str
    customs_code: str
    mot_code: int
    partner2_code: int = msgspec.field(name="partner2Code")
    primary_value: Decimal | None = None


class _DataSet(msgspec.Struct, frozen=True, rename="camel"):
    period: int | str
    reporter_code: int
    last_released: str | None = None


class _Envelope(msgspec.Struct, frozen=True):
    data: list[Any] | None = None
    count: int | None = None
    error: str | None = None
    message: str | None = None


def observations(
    pair: tuple[str, str],
    periods: Sequence[str],
    *,
    fetch: Fetcher,
    key: str | None = None,
    commodities: Commodities = "TOTAL",
) -> Iterator[Observation | Reject]:
    """Yield exports and imports of a pair as each of the two reports them, in full US dollars.

    ``periods`` are years ("2021") or months ("202104"), not mixed. Without a ``key`` the public preview is
    asked, at most 500 rows at a time; ``commodities`` "AG2" asks for the HS chapters. The release day is the
    day Comtrade last released the data set. A row that cannot be used is yielded as a ``Reject``; refuses an
    answer that is cut, broken, or says that something is wrong.

    >>> observations(("CN", "RU"), ["2021", "2022"], fetch=fetcher)  # doctest: +SKIP
    """
    lengths = {len(period) for period in periods}
    if len(lengths) != 1 or any(written(period) is None for period in periods):
        raise TallymanError(f"{', '.join(periods)}: give years (2021) or months (202104), not both")
    client = _Client(fetch, key, "A" if lengths == {_ANNUAL} else "M")
    at_once = client.periods_at_once(commodities)
    for reporter, partner in (pair, pair[::-1]):
        for first in range(0, len(periods), at_once):
            yield from client.flows(reporter, partner, periods[first : first + at_once], commodities)


class _Client:
    """Asks the service for one frequency."""

    def __init__(self, fetch: Fetcher, key: str | None, frequency: str) -> None:
        settings = about("comtrade").settings
        self._areas: dict[str, int] = settings["areas"]
        self._service: dict[str, Any] = settings["service"]
        self._fetch = fetch
        self._key = key
        self._frequency = frequency
        self._limit: int = self._service["full_rows" if key else "preview_rows"]

    def periods_at_once(self, commodities: Commodities) -> int:
        rows = len(self._service["flows"]) * (self._service["chapters"] if commodities == "AG2" else 1)
        most: int = self._service["periods_a_request"]
        return max(1, min(most, (self._limit - 1) // rows))

    def flows(
        self, reporter: str, partner: str, periods: Sequence[str], commodities: Commodities
    ) -> Iterator[Observation | Reject]:
        query = {
            "reporterCode": self._code(reporter),
            "partnerCode": self._code(partner),
            "period": ",".join(periods),
            "flowCode": ",".join(self._service["flows"]),
            "cmdCode": commodities,
            **{name: str(code) for name, code in self._service["totals"].items()},
        }
        days = self._release_days(reporter, periods)
        headers = {_KEY_HEADER: self._key} if self._key else None
        answer = self._fetch.get(
            self._address("full" if self._key else "preview"), query=query, headers=headers
        )
        data = self._data(answer)
        if len(data) >= self._limit:
            fix = (
                "ask for fewer periods" if self._key else "ask for fewer periods or set TALLYMAN_COMTRADE_KEY"
            )
            raise TallymanError(f"{answer.url}: the answer is cut at {self._limit} rows; {fix}")
        reader = _Reader(reporter, partner, answer, days)
        yield from agreeing(reader.read(place, row) for place, row in enumerate(data, 1))

    def _release_days(self, reporter: str, periods: Sequence[str]) -> dict[str, date]:
        query = {"reporterCode": self._code(reporter), "period": ",".join(periods)}
        answer = self._fetch.get(self._address("availability"), query=query)
        sets = msgspec.convert(self._data(answer), list[_DataSet])
        return {
            str(one.period): date.fromisoformat(one.last_released[:10]) for one in sets if one.last_released
        }

    def _data(self, answer: Answer) -> list[Any]:
        """Return the rows of an answer; refuse anything but a whole, sound one."""
        try:
            envelope = msgspec.json.decode(answer.body, type=_Envelope)
        except msgspec.DecodeError as error:
            self._fetch.forget(answer)
            page = answer.body.lstrip()[:1] == b"<"
            what = "a web page instead of data" if page else f"broken JSON ({error})"
            raise TallymanError(f"{answer.url}: the server sent {what}; try again later") from error
        trouble = envelope.error or (envelope.message if envelope.data is None else None)
        if trouble or envelope.data is None:
            self._fetch.forget(answer)
            raise TallymanError(f"{answer.url}: the server says {trouble or 'nothing'}; check the request")
        if envelope.count is not None and envelope.count != len(envelope.data):
            self._fetch.forget(answer)
            raise TallymanError(
                f"{answer.url}: {len(envelope.data)} rows of the {envelope.count} announced; try again later"
            )
        return envelope.data

    def _address(self, kind: str) -> str:
        address: str = self._service[kind]
        return address.format(frequency=self._frequency)

    def _code(self, area: str) -> str:
        if area not in self._areas:
            raise TallymanError(f"{area}: UN Comtrade has no such area; give two countries, such as CN-RU")
        return str(self._areas[area])


class _Reader:
    """Turns the rows of one answer into observations."""

    def __init__(self, reporter: str, partner: str, answer: Answer, days: dict[str, date]) -> None:
        self._reporter, self._partner = reporter, partner
        self._answer = answer
        self._days = days
        settings = about("comtrade").settings
        self._flows: dict[str, Any] = settings["service"]["flows"]
        self._wanted = {
            "reporterCode": settings["areas"][reporter],
            "partnerCode": settings["areas"][partner],
            **settings["service"]["totals"],
        }

    def read(self, place: int, given: Any) -> Observation | Reject:
        try:
            row = msgspec.convert(given, _Row, strict=False)
        except msgspec.ValidationError as error:
            return self._reject(place, str(error))
        reason = self._fault(row)
        period = written(row.period)
        if reason or period is None or row.primary_value is None:
            return self._reject(place, reason or f"period {row.period!r} is unknown")
        retrieved_on = self._answer.retrieved_at.date()
        released_on = self._days.get(row.period, retrieved_on)
        if released_on > retrieved_on:
            return self._reject(place, f"released on {released_on}, after it was retrieved")
        return identified(
            Observation(
                id="",
                provider="comtrade",
                measure=Measure(
                    indicator=self._flows[row.flow_code],
                    reporter=self._reporter,
                    partner=self._partner,
                    product=None if row.cmd_code == "TOTAL" else f"HS{row.cmd_code}",
                    basis="goods",
                ),
                role="level",
                period=period,
                value=row.primary_value,
                unit="USD",
                currency="USD",
                released_on=released_on,
                release_kind="source" if row.period in self._days else "known_by",
                retrieved_at=self._answer.retrieved_at,
                source_url=self._answer.url,
            )
        )

    def _fault(self, row: _Row) -> str | None:
        found = {
            "reporterCode": row.reporter_code,
            "partnerCode": row.partner_code,
            "customsCode": row.customs_code,
            "motCode": row.mot_code,
            "partner2Code": row.partner2_code,
        }
        for name, code in self._wanted.items():
            if found[name] != code:
                return f"{name} is {found[name]}, {code} was asked for"
        if row.flow_code not in self._flows:
            return f"flow {row.flow_code} is neither imports nor exports"
        highest = about("comtrade").assertions["level"]["highest"]
        if row.primary_value is None or not 0 <= row.primary_value <= highest:
            return f"value {row.primary_value} is no amount of trade"
        return None

    def _reject(self, place: int, reason: str) -> Reject:
        return Reject(
            source=self._answer.url, place=f"row {place}", reason=reason, fix="report it to UN Comtrade"
        )
