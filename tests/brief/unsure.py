"""The small argument with more that nobody knows, and experts who differ."""

from tests.brief.argued import ARGUED

EXPERTS = """\
views:
  hawk:
    north:
      - {prefer: "north.press == trade", says: hurt the South, role: end, assumption: a view}
      - {prefer: not north.accept, role: cost, assumption: pride}
  dove:
    north:
      - {prefer: talks, says: talk with South, role: end, assumption: a view}
      - {prefer: "north.press == none", says: keep calm, role: cost, assumption: a view}
commitments:
  aid:
    says: The ally sends aid
    parties: [ally]
    layer: aid
    executed: [0.3, 0.6]
    assumption: a guess
uncertainties:
  growth: {kind: uniform, range: [0, 5], unit: "% a year", says: growth, assumption: a guess}
"""

UNSURE = ARGUED.replace("uncertainties:\n", EXPERTS).replace(
    "when: not election,", 'when: "not election and growth < 3 or aid",'
)
