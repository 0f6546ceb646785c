from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from sample_report import links, sample

pytest.importorskip("litestar", reason="pages need the [web] extra")
schemathesis = pytest.importorskip(
    "schemathesis", reason="pip install schemathesis to hold the API to its document"
)

checks = pytest.importorskip("schemathesis.checks")
conformance = pytest.importorskip("schemathesis.specs.openapi.checks")

from tallyman.web.application import application  # noqa: E402
from tallyman.web.served import write_served  # noqa: E402

CHECKS = [
    checks.not_a_server_error,
    conformance.status_code_conformance,
    conformance.content_type_conformance,
    conformance.response_schema_conformance,
    conformance.negative_data_rejection,
    conformance.unsupported_method,
]


@pytest.fixture(scope="module")
def api(tmp_path_factory):
    data = sample()
    copy = tmp_path_factory.mktemp("schema") / "served.duckdb"
    write_served(data, copy, links=links(data.documents))
    return schemathesis.openapi.from_asgi("/openapi.json", application(copy))


@pytest.mark.filterwarnings("ignore")
def test_no_server_error_and_no_undocumented_answer(api):
    operations = [found.ok() for found in api.get_all_operations()]
    assert len(operations) >= 25
    for operation in operations:

        @given(case=operation.as_strategy())
        @settings(max_examples=8, deadline=None, database=None, suppress_health_check=list(HealthCheck))
        def holds(case):
            case.call_and_validate(checks=CHECKS)

        holds()
