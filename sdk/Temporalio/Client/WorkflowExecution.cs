using Temporalio.Api.Enums.V1;
using Temporalio.Api.Workflow.V1;
using Temporalio.Common;
using Temporalio.Converters;

namespace Temporalio.Client;

/// <summary>What a listing says about a workflow.</summary>
public class WorkflowExecution
{
    private readonly Lazy<IReadOnlyDictionary<string, IEncodedRawValue>> _memo;
    private readonly Lazy<SearchAttributeCollection> _searchAttributes;

    /// <summary>Initializes an instance.</summary>
    /// <param name="rawInfo">What the server sent.</param>
    /// <param name="dataConverter">Decodes the memo.</param>
    /// <param name="clientNamespaceForDataConverterWithContext">The namespace, where the converter is to be set to the workflow.</param>
    protected internal WorkflowExecution(
        WorkflowExecutionInfo rawInfo, DataConverter dataConverter, string? clientNamespaceForDataConverterWithContext)
    {
        RawInfo = rawInfo;
        DataConverter converter = clientNamespaceForDataConverterWithContext is { } name
            ? dataConverter.WithSerializationContext(new ISerializationContext.Workflow(name, rawInfo.Execution.WorkflowId))
            : dataConverter;
        _memo = new(() => (rawInfo.Memo?.Fields ?? []).ToDictionary(
            field => field.Key, IEncodedRawValue (field) => new EncodedRawValue(converter, field.Value)));
        _searchAttributes = new(() => rawInfo.SearchAttributes is null
            ? SearchAttributeCollection.Empty
            : SearchAttributeCollection.FromProto(rawInfo.SearchAttributes));
    }

    /// <summary>When the workflow was closed; null while it runs.</summary>
    public DateTime? CloseTime => RawInfo.CloseTime?.ToDateTime();

    /// <summary>When the workflow began or will begin, after a start delay or at a cron time; null when the server does not say.</summary>
    public DateTime? ExecutionTime => RawInfo.ExecutionTime?.ToDateTime();

    /// <summary>How many events the history holds.</summary>
    public int HistoryLength => (int)RawInfo.HistoryLength;

    /// <summary>The workflow id.</summary>
    public string Id => RawInfo.Execution.WorkflowId;

    /// <summary>The memo.</summary>
    public IReadOnlyDictionary<string, IEncodedRawValue> Memo => _memo.Value;

    /// <summary>The workflow id of the parent; null without one.</summary>
    public string? ParentId => RawInfo.ParentExecution?.WorkflowId;

    /// <summary>The run id of the parent; null without one.</summary>
    public string? ParentRunId => RawInfo.ParentExecution?.RunId;

    /// <summary>The run id.</summary>
    public string RunId => RawInfo.Execution.RunId;

    /// <summary>When the workflow was started.</summary>
    public DateTime StartTime => RawInfo.StartTime.ToDateTime();

    /// <summary>The status.</summary>
    public WorkflowExecutionStatus Status => RawInfo.Status;

    /// <summary>The task queue.</summary>
    public string TaskQueue => RawInfo.TaskQueue;

    /// <summary>The search attributes.</summary>
    public SearchAttributeCollection TypedSearchAttributes => _searchAttributes.Value;

    /// <summary>The workflow type.</summary>
    public string WorkflowType => RawInfo.Type.Name;

    /// <summary>What the server sent.</summary>
    internal WorkflowExecutionInfo RawInfo { get; }
}
