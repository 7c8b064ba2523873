using System.CommandLine;
using System.Text.Json.Nodes;
using Orchestrator.Starter.Inputs;
using Orchestrator.Starter.Rendering;
using Orchestrator.Workflows.Catalogue;
using Orchestrator.Workflows.ChangeControl;

namespace Orchestrator.Starter.Commands;

/// <summary>What a procedure is asked with: the same for a plan and for a start.</summary>
internal sealed class RequestOptions
{
    private readonly ChangeMode _mode;

    private readonly Argument<string> _procedure = Completions.OfProcedures(
        new("procedure") { Description = "The procedure; 'sop list' shows them" });

    private readonly Argument<string[]> _assignments = new("key=value")
    {
        Description = "The procedure's own fields, such as name=kafka cooldown=1m30s limits.stall-after=15m; 'sop describe' shows the keys",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private readonly Option<string?> _target = new("--target")
    {
        Description = "The target: a cluster of the inventory, and a namespace",
        HelpName = "context/namespace",
    };

    private readonly Option<string?> _input = new("--input")
    {
        Description = "A file with the input as JSON or YAML, or - for standard input; other options and fields override it",
        HelpName = "file",
    };

    private readonly Option<string?> _reason = new("--reason")
    {
        Description = "Why, in 10-500 characters; approvers see it",
        HelpName = "text",
    };

    private readonly Option<ChangeClass?> _class = Choice.Completed(new Option<ChangeClass?>("--class")
    {
        Description = "The kind of change: feature (the default), reliability, security or remediation",
        HelpName = "class",
        CustomParser = result => Choice.Parse<ChangeClass>(result),
    });

    private readonly Option<ChangeTier?> _tier = Choice.Completed(new Option<ChangeTier?>("--tier-at-least")
    {
        Description = "Raises the tier, never lowers it",
        HelpName = "t1|t2|t3",
        CustomParser = result => Choice.Parse<ChangeTier>(result),
    });

    private readonly Option<OnFailure?> _onFailure = Choice.Completed(new Option<OnFailure?>("--on-failure")
    {
        Description = "What happens when a step fails (default: by tier)",
        HelpName = "undo|ask|leave",
        CustomParser = result => Choice.Parse<OnFailure>(result),
    });

    private readonly Option<string?> _ticket = new("--ticket") { Description = "The ticket of the change", HelpName = "id" };

    private readonly Option<string?> _incident = new("--incident")
    {
        Description = "The open incident that the change belongs to",
        HelpName = "id",
    };

    private readonly Option<string?> _requestId = new("--request-id")
    {
        Description = "The key of this request: sent twice on the same day, it starts one run",
        HelpName = "key",
    };

    private readonly Option<string?> _planHash = new("--plan-hash")
    {
        Description = "Run only if the plan has this hash",
        HelpName = "hash",
    };

    public RequestOptions(ChangeMode mode)
    {
        _mode = mode;
        Completions.OfKeys(_assignments, _procedure);
    }

    /// <summary>Adds what a command of this mode takes.</summary>
    public void AddTo(Command command)
    {
        command.Add(_procedure);
        command.Add(_assignments);
        command.Add(_target);
        command.Add(_input);
        command.Add(_reason);
        command.Add(ActorOption.Option);
        command.Add(_class);
        command.Add(_tier);
        command.Add(_onFailure);
        command.Add(_ticket);
        command.Add(_incident);
        if (_mode == ChangeMode.Execute)
        {
            command.Add(_requestId);
            command.Add(_planHash);
        }
    }

    /// <summary>What is asked for.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="terminal">The time, and where <c>--input -</c> reads.</param>
    /// <param name="usualTarget">What it is aimed at where nothing else is said. Default: null, something must be.</param>
    /// <param name="usualReason">The reason where none is given. Default: null.</param>
    /// <exception cref="Exits.SopException">Something is wrong with it; every wrong thing has its sentence.</exception>
    public ProcedureRequest Read(
        ParseResult parsed, Terminal terminal, ChangeTarget? usualTarget = null, string? usualReason = null)
    {
        ProcedureDescriptor procedure = ProcedureInput.Find(parsed.GetRequiredValue(_procedure));
        JsonObject document = parsed.GetValue(_input) is { } name ? InputDocument.Open(name, terminal.Input) : [];
        (object input, ChangeTarget target, ChangeRequest request) = ProcedureInput.Create(
            procedure,
            parsed.GetValue(_target) ?? (ProcedureInput.NamesTarget(document) ? null : usualTarget?.ToString()),
            document,
            parsed.GetValue(_assignments) ?? [],
            written => Request(parsed, written with { Reason = written.Reason ?? usualReason }));
        return new ProcedureRequest(
            procedure,
            target,
            request,
            input,
            ChangeId.Create(procedure.Name, target, request.RequestId!, terminal.Clock.GetUtcNow()));
    }

    // What stands on the command line goes before what was written.
    private ChangeRequest Request(ParseResult parsed, ChangeRequest written) => written with
    {
        RequestId = (_mode == ChangeMode.Execute ? parsed.GetValue(_requestId) ?? written.RequestId : null) ?? $"{Guid.NewGuid():N}",
        Reason = parsed.GetValue(_reason) ?? written.Reason,
        Class = parsed.GetValue(_class) ?? written.Class,
        Mode = _mode,
        TierAtLeast = parsed.GetValue(_tier) ?? written.TierAtLeast,
        OnFailure = parsed.GetValue(_onFailure) ?? written.OnFailure,
        Ticket = parsed.GetValue(_ticket) ?? written.Ticket,
        IncidentId = parsed.GetValue(_incident) ?? written.IncidentId,
        ExpectedPlanHash = _mode == ChangeMode.Execute ? parsed.GetValue(_planHash) ?? written.ExpectedPlanHash : null,
        Actor = ActorOption.IsGiven(parsed) ? ActorOption.Read(parsed) : written.Actor ?? ActorOption.Read(parsed),
    };
}
