namespace Orchestrator.Starter.Rendering;

/// <summary>How results are printed.</summary>
internal enum OutputFormat
{
    /// <summary>For people.</summary>
    Table,

    /// <summary>For pipes.</summary>
    Json,

    /// <summary>For people who like pipes.</summary>
    Yaml,
}
