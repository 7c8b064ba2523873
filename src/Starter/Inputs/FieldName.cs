namespace Orchestrator.Starter.Inputs;

/// <summary>Names of fields and values: <c>stall-after</c>, <c>stallAfter</c> and <c>StallAfter</c> are the same.</summary>
internal static class FieldName
{
    public static bool AreSame(string one, string other) => Bare(one).Equals(Bare(other), StringComparison.OrdinalIgnoreCase);

    private static string Bare(string name) => name.Replace("-", "", StringComparison.Ordinal);
}
