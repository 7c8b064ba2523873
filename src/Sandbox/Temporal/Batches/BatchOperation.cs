using Google.Protobuf.WellKnownTypes;
using Temporalio.Api.Batch.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.WorkflowService.V1;

namespace Orchestrator.Sandbox.Temporal.Batches;

/// <summary>
/// What was done to many workflows with one call. The box does it all at once, so that none is ever found running, and none can be stopped.
/// </summary>
/// <param name="Request">What was asked for.</param>
/// <param name="Act">What was done to each.</param>
/// <param name="At">When.</param>
/// <param name="Total">To how many.</param>
/// <param name="Failed">How many of them refused it.</param>
/// <param name="IsFailed">Whether it was given up: its query cannot be read.</param>
internal sealed record BatchOperation(
    StartBatchOperationRequest Request, BatchAct Act, DateTimeOffset At, long Total, long Failed, bool IsFailed)
{
    private BatchOperationState State => IsFailed ? BatchOperationState.Failed : BatchOperationState.Completed;

    /// <summary>What a list tells of it.</summary>
    public BatchOperationInfo Info() => new()
    {
        JobId = Request.JobId,
        State = State,
        StartTime = Timestamp.FromDateTimeOffset(At),
        CloseTime = Timestamp.FromDateTimeOffset(At),
        OperationType = Act.Type,
    };

    /// <summary>What describe tells of it.</summary>
    public DescribeBatchOperationResponse Description() => new()
    {
        JobId = Request.JobId,
        OperationType = Act.Type,
        State = State,
        StartTime = Timestamp.FromDateTimeOffset(At),
        CloseTime = Timestamp.FromDateTimeOffset(At),
        TotalOperationCount = Total,
        CompleteOperationCount = Total - Failed,
        FailureOperationCount = Failed,
        Identity = Act.Identity,
        Reason = Request.Reason,
        Query = Request.VisibilityQuery,
    };
}
