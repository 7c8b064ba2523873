using System.Reflection;
using Orchestrator.Workflows.ChangeControl;

namespace Orchestrator.Workflows.Catalogue;

/// <summary>A code that the product prints.</summary>
/// <param name="Code">The code, such as <c>POD_NOT_READY</c>.</param>
/// <param name="Table">The table of <c>docs/errors.md</c> that it stands in, such as <c>Refusals</c>.</param>
/// <param name="Meaning">What it means, in markdown.</param>
/// <param name="Remedy">What to do, in markdown.</param>
/// <param name="Owner">The class that declares it.</param>
public sealed record Reason(string Code, string Table, string Meaning, string Remedy, Type Owner);

/// <summary>The codes of an assembly: every constant with a <see cref="ReasonAttribute"/>.</summary>
public static class ReasonCatalogue
{
    /// <summary>The table of what refuses a change before anything is touched.</summary>
    public const string Refusals = "Refusals";

    /// <summary>The table of what a change that has begun can end with.</summary>
    public const string Failures = "Failures";

    /// <summary>The codes, by the namespaces that declare them, and within one in the order of their declaration.</summary>
    /// <param name="assembly">The assembly.</param>
    public static IReadOnlyList<Reason> Of(Assembly assembly) =>
    [
        .. assembly.GetTypes()
            .OrderBy(type => type.FullName, StringComparer.Ordinal)
            .SelectMany(type => type.GetFields(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly))
            .Where(field => field.IsLiteral && field.IsDefined(typeof(ReasonAttribute)))
            .Select(Read),
    ];

    private static Reason Read(FieldInfo field)
    {
        ReasonAttribute reason = field.GetCustomAttribute<ReasonAttribute>()!;
        string table = field.DeclaringType!.GetCustomAttribute<ReasonTableAttribute>()?.Heading
            ?? (reason.IsFailure ? Failures : Refusals);
        return new((string)field.GetRawConstantValue()!, table, reason.Meaning, reason.Remedy, field.DeclaringType!);
    }
}
