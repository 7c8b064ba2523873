using Temporalio.Api.WorkflowService.V1;
using Temporalio.Converters;

namespace Temporalio.Client;

/// <summary>What the server knows about a workflow.</summary>
public class WorkflowExecutionDescription : WorkflowExecution
{
    private readonly DataConverter _dataConverter;

    /// <summary>Initializes an instance.</summary>
    /// <param name="rawDescription">What the server sent.</param>
    /// <param name="dataConverter">Decodes memo, summary and details.</param>
    protected internal WorkflowExecutionDescription(DescribeWorkflowExecutionResponse rawDescription, DataConverter dataConverter)
        : base(rawDescription.WorkflowExecutionInfo, dataConverter, clientNamespaceForDataConverterWithContext: null)
    {
        RawDescription = rawDescription;
        _dataConverter = dataConverter;
    }

    /// <summary>What the server sent.</summary>
    internal DescribeWorkflowExecutionResponse RawDescription { get; }

    /// <summary>The details given at the start; null without any.</summary>
    public Task<string?> GetStaticDetailsAsync() => _dataConverter.ToDetailsAsync(RawDescription.ExecutionConfig?.UserMetadata);

    /// <summary>The summary given at the start; null without one.</summary>
    public Task<string?> GetStaticSummaryAsync() => _dataConverter.ToSummaryAsync(RawDescription.ExecutionConfig?.UserMetadata);
}
