using Orchestrator.Workflows.Catalogue;

namespace Orchestrator.Starter.Rendering;

/// <summary>The pages of <c>docs/procedures</c>, which this program carries along.</summary>
internal static class ProcedurePage
{
    /// <summary>The page of a procedure, in Markdown.</summary>
    /// <exception cref="InvalidOperationException">It has none.</exception>
    public static string Of(ProcedureDescriptor procedure)
    {
        using Stream page = typeof(ProcedurePage).Assembly.GetManifestResourceStream($"procedures/{procedure.Name}.md")
            ?? throw new InvalidOperationException($"There is no page docs/procedures/{procedure.Name}.md.");
        using StreamReader reader = new(page);
        return reader.ReadToEnd();
    }
}
