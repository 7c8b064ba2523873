using Orchestrator.Starter.Rendering;
using Orchestrator.Starter.Tests.Changes;

namespace Orchestrator.Starter.Tests.Rendering;

public sealed class DocumentsTests
{
    private static readonly object Value = new
    {
        ChangeId = "CHG-1",
        Waiting = Samples.Waiting with { Votes = [], Open = [] },
        Texts = new[] { "3", "true", "a: b", "1 × peer <x>", "" },
        Number = 3,
        Yes = true,
        Nothing = (string?)null,
    };

    [Fact]
    public void Json_NamesInCamelCase_WithEnumsAsText() => Assert.Equal(
        """
        {
          "changeId": "CHG-1",
          "waiting": {
            "decision": "Waiting",
            "planHash": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
            "votes": [],
            "open": [],
            "until": "2026-03-01T18:00:00+00:00",
            "sentence": "Waits for 1 × peer until 2026-03-01 18:00:00Z.",
            "revoked": []
          },
          "texts": [
            "3",
            "true",
            "a: b",
            "1 × peer <x>",
            ""
          ],
          "number": 3,
          "yes": true
        }
        """,
        Documents.Json(Value));

    [Fact]
    public void JsonLine_IsOneLine() => Assert.Equal("""{"number":3}""", Documents.JsonLine(new { Number = 3 }));

    [Fact]
    public void Yaml_HasTheNamesOfTheJson_AndKeepsTextsTexts() => Assert.Equal(
        """
        changeId: CHG-1
        waiting:
          decision: Waiting
          planHash: 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
          votes: []
          open: []
          until: 2026-03-01T18:00:00+00:00
          sentence: Waits for 1 × peer until 2026-03-01 18:00:00Z.
          revoked: []
        texts:
          - "3"
          - "true"
          - 'a: b'
          - 1 × peer <x>
          - ""
        number: 3
        yes: true
        """,
        Documents.Yaml(Value));
}
