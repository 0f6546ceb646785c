"""Scores and tables of outcomes: in all, per phenomenon, and against the last run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from match import FIELDS, SHOWN_ONLY, WHOLE, Outcome, Pair, Predicted, shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

Scores = dict[str, float]
OF_ALL = " of all"
LADDER = ("false", "missed", "none", "found", "right")


def measure(results: Sequence[Outcome]) -> Scores:
    """Return every score in percent; a field is scored on the claims found, and on all of the gold."""
    pairs = [pair for result in results for pair in result.pairs]
    missed = sum(len(result.missed) for result in results)
    false = sum(len(result.false) for result in results)
    counts = [result.figures() for result in results]
    found, gold, alarms = (sum(column[at] for column in counts) for at in range(3))
    scores = _prf("figure", found, gold, found + alarms)
    for name, field in FIELDS.items():
        asked = [pair.right[name] for pair in pairs if name in pair.right]
        unseen = sum(field.applies(claim) for result in results for claim in result.missed)
        scores[name] = _percent(sum(asked), len(asked))
        scores[f"{name}{OF_ALL}"] = _percent(sum(asked), len(asked) + unseen)
    whole = sum(pair.whole for pair in pairs)
    scores |= _prf("whole_claim", whole, len(pairs) + missed, len(pairs) + false)
    scores["false_per_100_money"] = _alarms(results)
    return scores


def table(ours: Scores, real: Scores, floor: Scores) -> str:
    """Return the scores on gold and seeds beside the floors; the floor of a field is on all claims."""
    rows = [f"{'':24}{'gold':>8}{'of all':>8}{'floor':>8}{'seeds':>8}   (percent; * counts in whole claims)"]
    for name in (name for name in ours if not name.endswith(OF_ALL)):
        share = name + OF_ALL if name + OF_ALL in ours else name
        everything = f"{ours[share]:8.2f}" if share != name else " " * 8
        limit = f"{floor[share]:8.2f}" if share in floor else " " * 8
        rows.append(f"{name + '*' * (name in WHOLE):24}{ours[name]:8.2f}{everything}{limit}{real[name]:8.2f}")
    return "\n".join(rows)


def phenomena(results: Sequence[Outcome]) -> str:
    """Return for each phenomenon how many claims show it, are found and wholly right, and what fails most."""
    pairs = [pair for result in results for pair in result.pairs]
    missed = [claim for result in results for claim in result.missed]
    names = sorted({name for claim in [*missed, *(pair.gold for pair in pairs)] for name in claim.phenomena})
    rows = [f"\n{'phenomenon':24}{'claims':>8}{'found':>8}{'whole':>8}   most frequent error"]
    for name in names:
        mine = [pair for pair in pairs if name in pair.gold.phenomena]
        total = len(mine) + sum(name in claim.phenomena for claim in missed)
        found, whole = _percent(len(mine), total), _percent(sum(pair.whole for pair in mine), total)
        rows.append(f"{name:24}{total:8}{found:8.1f}{whole:8.1f}   {_worst(mine)}")
    return "\n".join(rows)


def details(results: Iterable[Outcome]) -> Iterator[str]:
    """Yield every miss, false claim and wrong field in one line: where, which figure, what, right, got."""
    for result in results:
        for claim in result.missed:
            yield f"{_place(result, claim)}\tMISSED\t{claim.modality} {claim.role}"
        for extra in result.false:
            yield f"{_place(result, extra)}\tFALSE\t{extra.modality} {extra.role}"
        for pair in result.pairs:
            for field in (name for name, right in pair.right.items() if not right and name != "future"):
                mark = " (shown only)" if field in SHOWN_ONLY else ""
                values = f"{shown(pair.gold, field)}\t{shown(pair.predicted, field)}"
                yield f"{_place(result, pair.gold)}\t{field}{mark}\t{values}"


def states(results: Iterable[Outcome]) -> dict[str, str]:
    """Return the state of every claim, to compare with another run."""
    found: dict[str, str] = {}
    for result in results:
        rows = [(claim, "missed") for claim in result.missed]
        rows += [(pair.gold, "right" if pair.whole else "found") for pair in result.pairs]
        for claim, state in rows:
            found[f"{_place(result, claim)}\t{claim.modality} {claim.role}"] = state
        for extra in result.false:
            found[f"{_place(result, extra)}\t{extra.modality} {extra.role}\tno claim"] = "false"
    return found


def diff(before: Mapping[str, str], now: Mapping[str, str]) -> Iterator[str]:
    """Yield the claims gained and lost between two runs."""
    for key in sorted(before.keys() | now.keys()):
        was, is_now = before.get(key, "none"), now.get(key, "none")
        if was != is_now:
            verb = "gained" if LADDER.index(is_now) > LADDER.index(was) else "lost"
            yield f"{verb}\t{key}\t{was} -> {is_now}"


def _place(result: Outcome, claim: Predicted) -> str:
    return f"{result.report.path}:{claim.anchor.start}\t{claim.anchor.exact}"


def _alarms(results: Sequence[Outcome]) -> float:
    calm = [result for result in results if result.report.kind == "distractor"]
    money = sum(result.report.money_figures for result in calm)
    return 100 * sum(len(result.false) for result in calm) / money if money else 0.0


def _percent(part: int, whole: int) -> float:
    return 100 * part / whole if whole else 100.0


def _prf(name: str, right: int, gold: int, predicted: int) -> Scores:
    return {
        f"{name}_precision": _percent(right, predicted),
        f"{name}_recall": _percent(right, gold),
        f"{name}_f1": _percent(2 * right, gold + predicted),
    }


def _worst(pairs: Sequence[Pair]) -> str:
    wrong = {field: sum(not pair.right.get(field, True) for pair in pairs) for field in WHOLE}
    field = max(wrong, key=lambda name: wrong[name])
    return f"{field} ({wrong[field]})" if wrong[field] else ""
