using System.Text.Json;

namespace Orchestrator.Starter.Inputs;

/// <summary>Names of fields and values: <c>stall-after</c>, <c>stallAfter</c> and <c>StallAfter</c> are the same.</summary>
internal static class FieldName
{
    public static bool AreSame(string one, string other) => Bare(one).Equals(Bare(other), StringComparison.OrdinalIgnoreCase);

    /// <summary>A member's name on the command line.</summary>
    public static string Key(string member) => JsonNamingPolicy.KebabCaseLower.ConvertName(member);

    private static string Bare(string name) => name.Replace("-", "", StringComparison.Ordinal);
}
