namespace Temporalio.Worker;

/// <summary>What a worker knows of the places where its workflows wait, for the query <c>__stack_trace</c>.</summary>
public enum WorkflowStackTrace
{
    /// <summary>Nothing; the query fails.</summary>
    None,

    /// <summary>Methods, files and lines. Every wait of a workflow costs much more.</summary>
    Normal,

    /// <summary>Methods. Every wait of a workflow costs more.</summary>
    WithoutFileInfo,
}
