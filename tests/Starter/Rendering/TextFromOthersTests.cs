using System.Text.Json.Nodes;
using Orchestrator.Starter.Changes;
using Orchestrator.Starter.Rendering;
using Orchestrator.Starter.Tests.Changes;
using Orchestrator.Workflows.ChangeControl;
using Orchestrator.Workflows.ChangeControl.Approvals;
using Orchestrator.Workflows.ChangeControl.Planning;
using Orchestrator.Workflows.Kafka.Rolls;

namespace Orchestrator.Starter.Tests.Rendering;

/// <summary>Whatever others write into a change, nothing of it steers the terminal of the person who looks at it.</summary>
public sealed class TextFromOthersTests
{
    private const string Evil = "x\u001b[2J\u001b[H\u202eevil\u2066\u009b1A\r\n\u0007y";

    private static readonly char[] Steering = ['\u001b', '\u202e', '\u2066', '\u009b', '\u0007', '\r'];

    private static readonly Refusal No = new(Evil, RefusalSeverity.Block, Evil, Evil, Evil, Evil, Evil);

    private static readonly Plan EvilPlan = Samples.Plan with
    {
        Target = new ChangeTarget(Evil),
        Items =
        [
            Samples.Plan.Items[0] with
            {
                Step = Evil,
                Object = new PlanObject(Evil, Evil, Evil, Evil, Evil),
                Changes = [new FieldChange(Evil, Evil, Evil, Evil)],
                Action = PlanAction.Commit,
            },
        ],
        Observed = [new ObservedFact(Evil, Evil, FactTolerance.Exact)],
        Warnings = [No],
        BlastRadius = new BlastRadius([Evil], [Evil], [Evil]),
    };

    private static readonly ChangeView View = new(
        Samples.Start,
        Evil,
        Samples.Undone with
        {
            ChangeId = Evil,
            Target = new ChangeTarget(Evil, Evil),
            RequestedBy = Evil,
            Reason = Evil,
            Sentence = Evil,
            Plan = EvilPlan,
            PlanHash = Evil,
            Refusals = [No, No with { Severity = RefusalSeverity.Warn }],
            Steps = [new StepStatus(Evil, StepState.Failed, Samples.Start, Samples.Start, Evil)],
            Journal = [new JournalEntry(Evil, Evil, JournalState.Done, Evil)],
            Failure = new ChangeFailure(Evil, Evil, Evil),
        },
        Samples.Granted with { Sentence = Evil, Votes = [new CastVote(Evil, Evil, VoteDecision.Approve, Evil, Samples.Start)] },
        [new RollStatus(Evil, Evil, true, [new PodRoll(Evil, Evil)])]);

    public static TheoryData<string, bool> Places => new()
    {
        { "plan", false }, { "plan", true }, { "status", false }, { "status", true }, { "approvals", false },
        { "open", true }, { "lines", false }, { "say", false }, { "say", true }, { "error", false },
        { "ask", true }, { "json", false }, { "json line", false }, { "yaml", false },
    };

    [Theory]
    [MemberData(nameof(Places))]
    public void EvilText_WhereverItIsDrawn_SteersNothing(string place, bool isScreen)
    {
        StringWriter drawn = new() { NewLine = "\n" };
        Terminal terminal = new(drawn, drawn, isScreen, TimeProvider.System, new StringReader("n\n"));
        Draw(place, terminal);

        // Of the screen only its own colours are left.
        string text = System.Text.RegularExpressions.Regex.Replace(drawn.ToString(), "\u001b\\[[0-9;]*m", "");
        Assert.Contains("evil", text, StringComparison.Ordinal);
        Assert.All(Steering, letter => Assert.DoesNotContain(letter, text));
    }

    [Fact]
    public void EvilText_AsJson_IsStillWhatWasWritten() =>
        Assert.Equal(Evil, (string?)JsonNode.Parse(Documents.Json(View))!["change"]!["reason"]);

    private static void Draw(string place, Terminal terminal)
    {
        switch (place)
        {
            case "plan":
                terminal.Print(PlanSheet.Of(View.Change, EvilPlan));
                break;
            case "status":
                terminal.Print(StatusSheet.Of(View));
                break;
            case "approvals":
                terminal.Print(ApprovalsSheet.Of([View], "bob"));
                break;
            case "open":
                terminal.Print(OpenChangesSheet.Of([View]));
                break;
            case "lines":
                ChangeLines.Between(null, View).ToList().ForEach(terminal.PrintLine);
                break;
            case "say":
                terminal.Say(Evil);
                break;
            case "error":
                terminal.SayErrors(2, [Evil]);
                break;
            case "ask":
                terminal.Ask(Evil);
                break;
            case "json":
                terminal.Print(OutputFormat.Json, View, StatusSheet.Of);
                break;
            case "json line":
                terminal.PrintDocument(Documents.JsonLine(View));
                break;
            default:
                terminal.Print(OutputFormat.Yaml, View, StatusSheet.Of);
                break;
        }
    }
}
