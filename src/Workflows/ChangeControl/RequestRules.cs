using System.Text.RegularExpressions;

namespace Orchestrator.Workflows.ChangeControl;

/// <summary>The rules of the fields that every procedure is asked with. Every broken rule is reported, not only the first.</summary>
internal static partial class RequestRules
{
    private const int ShortestReason = 10;
    private const int LongestReason = 500;

    /// <summary>One sentence a broken rule: field, value, rule.</summary>
    public static IReadOnlyList<string> Check(ChangeTarget target, ChangeRequest request) =>
    [
        .. Target(target),
        .. Choices(request),
        .. Start(request),
        .. LaterMachinery(request),
    ];

    /// <summary>The rules of a request that changes nothing: it needs no reason and no requester.</summary>
    public static IReadOnlyList<string> CheckReading(ChangeTarget target, ChangeRequest request) =>
        Check(target, request with { Mode = ChangeMode.Plan });

    private static IEnumerable<string> Target(ChangeTarget target)
    {
        if (!NamePattern().IsMatch(target.Context ?? ""))
        {
            yield return $"Target.Context '{target.Context}' is not a valid cluster name: use letters, digits, '.', '_', '-', ':', '@'.";
        }

        if (target.Namespace is { } name && !NamespacePattern().IsMatch(name))
        {
            yield return $"Target.Namespace '{name}' is not a valid namespace name: use lower-case letters, digits and '-', at most 63.";
        }
    }

    private static IEnumerable<string> Start(ChangeRequest request)
    {
        if (request.RequestId is { } id && !RequestIdPattern().IsMatch(id))
        {
            yield return $"Change.RequestId '{id}' must be 1–64 of letters, digits, '.', '_', '-'.";
        }

        if (request.Reason?.Trim() is { } reason && reason.Length is < ShortestReason or > LongestReason)
        {
            yield return $"Change.Reason has {reason.Length} characters; it must have {ShortestReason}–{LongestReason}.";
        }

        if (request.Mode == ChangeMode.Execute && request.Reason is null)
        {
            yield return $"Change.Reason is missing: to execute, say why in {ShortestReason}–{LongestReason} characters.";
        }

        if (request.Mode == ChangeMode.Execute && request.Actor is null)
        {
            yield return "Change.Actor is missing: to execute, say who requests the change, since nobody may approve their own.";
        }

        if (request.Ticket is { } ticket && !TicketPattern().IsMatch(ticket))
        {
            yield return $"Change.Ticket '{ticket}' must be 1–64 characters without spaces.";
        }

        if (request.Class == ChangeClass.Remediation && request.IncidentId is null)
        {
            yield return "Change.IncidentId is missing: a change of class Remediation belongs to an incident.";
        }

        if (request is { NotBefore: { } start, Deadline: { } deadline } && start > deadline)
        {
            yield return $"Change.NotBefore {start:u} is after Change.Deadline {deadline:u}.";
        }

        if (request.Actor is { } actor && Actor.Fault(actor) is { } fault)
        {
            yield return $"Change.Actor '{SubjectName.Shown(actor)}' {fault}.";
        }
    }

    // A number that is none of an enumeration's values reads as one from JSON.
    private static IEnumerable<string> Choices(ChangeRequest request) =>
    [
        .. Choice("Mode", request.Mode),
        .. Choice("Class", request.Class),
        .. request.TierAtLeast is { } tier ? Choice("TierAtLeast", tier) : [],
        .. request.OnFailure is { } onFailure ? Choice("OnFailure", onFailure) : [],
    ];

    private static IEnumerable<string> Choice<T>(string field, T value)
        where T : struct, Enum
    {
        if (!Enum.IsDefined(value))
        {
            yield return $"Change.{field} '{value}' must be one of {string.Join(", ", Enum.GetNames<T>())}.";
        }
    }

    // Accepting a field that nothing acts on would promise what does not happen.
    private static IEnumerable<string> LaterMachinery(ChangeRequest request)
    {
        (string Field, bool Used)[] fields =
        [
            ("WindowId", request.WindowId is not null),
            ("WaitForGates", request.WaitForGates),
            ("Git", request.Git is not null),
        ];
        foreach (string field in fields.Where(field => field.Used).Select(field => field.Field))
        {
            yield return $"Change.{field} is set, but this version does not act on it yet; leave it out.";
        }
    }

    [GeneratedRegex(@"^[A-Za-z0-9._:@-]{1,253}\z")]
    private static partial Regex NamePattern();

    [GeneratedRegex(@"^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\z")]
    private static partial Regex NamespacePattern();

    [GeneratedRegex(@"^[\x21-\x7e]{1,64}\z")]
    private static partial Regex TicketPattern();

    [GeneratedRegex(@"^[A-Za-z0-9._-]{1,64}\z")]
    private static partial Regex RequestIdPattern();
}
