using Microsoft.Extensions.Logging;
using Temporalio.Common;
using Temporalio.Converters;

namespace Temporalio.Workflows;

/// <summary>What workflow code uses in place of clocks, randomness, IO and the thread pool. Usable in workflow code alone.</summary>
/// <remarks>Every member throws <see cref="InvalidOperationException"/> outside of workflow code, unless it says otherwise.</remarks>
public static partial class Workflow
{
    /// <summary>
    /// Whether no handler of a signal or update is running. A run that ends or continues as new before cuts its handlers off; wait for
    /// this to become true.
    /// </summary>
    public static bool AllHandlersFinished => WorkflowContext.Current.AllHandlersFinished;

    /// <summary>Cancelled when the workflow is asked to cancel. The default token of every call that takes one.</summary>
    public static CancellationToken CancellationToken => WorkflowContext.Current.CancellationToken;

    /// <summary>Whether the server suggests that the run continues as new soon.</summary>
    public static bool ContinueAsNewSuggested => WorkflowContext.Current.ContinueAsNewSuggested;

    /// <summary>
    /// The build id of the worker that ran the present task, on replay that of the time. Empty if unknown. Use it for information,
    /// never for decisions.
    /// </summary>
    public static string CurrentBuildId => WorkflowContext.Current.CurrentDeploymentVersion?.BuildId ?? string.Empty;

    /// <summary>The deployment version of the worker that ran the present task, on replay that of the time. Null if unknown.</summary>
    public static WorkerDeploymentVersion? CurrentDeploymentVersion => WorkflowContext.Current.CurrentDeploymentVersion;

    /// <summary>
    /// Markdown for people that says what the run is at, shown by the Temporal UI. May be set at any time. Default: empty.
    /// </summary>
    public static string CurrentDetails
    {
        get => WorkflowContext.Current.CurrentDetails;
        set => WorkflowContext.Current.CurrentDetails = value;
    }

    /// <summary>The number of events in the history at the start of the present task.</summary>
    public static int CurrentHistoryLength => WorkflowContext.Current.CurrentHistoryLength;

    /// <summary>The bytes of the history at the start of the present task.</summary>
    public static int CurrentHistorySize => WorkflowContext.Current.CurrentHistorySize;

    /// <summary>The update whose handler or validator is the caller; null for none.</summary>
    public static WorkflowUpdateInfo? CurrentUpdateInfo => WorkflowContext.Current.CurrentUpdateInfo;

    /// <summary>The handler of queries that have no other; null for none.</summary>
    public static WorkflowQueryDefinition? DynamicQuery
    {
        get => WorkflowContext.Current.DynamicQuery;
        set => WorkflowContext.Current.DynamicQuery = value;
    }

    /// <summary>The handler of signals that have no other; null for none. Setting it hands it all signals that wait for a handler.</summary>
    public static WorkflowSignalDefinition? DynamicSignal
    {
        get => WorkflowContext.Current.DynamicSignal;
        set => WorkflowContext.Current.DynamicSignal = value;
    }

    /// <summary>The handler of updates that have no other; null for none.</summary>
    public static WorkflowUpdateDefinition? DynamicUpdate
    {
        get => WorkflowContext.Current.DynamicUpdate;
        set => WorkflowContext.Current.DynamicUpdate = value;
    }

    /// <summary>What the run knows of itself.</summary>
    public static WorkflowInfo Info => WorkflowContext.Current.Info;

    /// <summary>The instance of the workflow's type.</summary>
    public static object Instance => WorkflowContext.Current.Instance;

    /// <summary>Whether the calling code is workflow code. Never throws.</summary>
    public static bool InWorkflow => WorkflowContext.CurrentOrNull is not null;

    /// <summary>A logger that carries the run's ids and is silent while history is replayed.</summary>
    public static ILogger Logger => WorkflowContext.Current.Logger;

    /// <summary>The run's memo, with what was upserted.</summary>
    public static IReadOnlyDictionary<string, IRawValue> Memo => WorkflowContext.Current.Memo;

    /// <summary>Makes metrics that have the run's type, and that are silent while history is replayed.</summary>
    public static MetricMeter MetricMeter => WorkflowContext.Current.MetricMeter;

    /// <summary>The converter of the worker, for raw values.</summary>
    public static IPayloadConverter PayloadConverter => WorkflowContext.Current.PayloadConverter;

    /// <summary>The handlers of queries by name. May be changed at run time.</summary>
    public static IDictionary<string, WorkflowQueryDefinition> Queries => WorkflowContext.Current.Queries;

    /// <summary>A generator that gives the same numbers on replay.</summary>
    public static DeterministicRandom Random => WorkflowContext.Current.Random;

    /// <summary>
    /// The handlers of signals by name. May be changed at run time; a new handler gets the signals of its name that came before.
    /// </summary>
    public static IDictionary<string, WorkflowSignalDefinition> Signals => WorkflowContext.Current.Signals;

    /// <summary>Why the server suggests that the run continues as new; empty if it does not.</summary>
    public static IReadOnlyCollection<SuggestContinueAsNewReason> SuggestedContinueAsNewReasons =>
        WorkflowContext.Current.SuggestedContinueAsNewReasons;

    /// <summary>Whether the deployment version that the run should be on is no longer the one that it is on.</summary>
    public static bool TargetWorkerDeploymentVersionChanged => WorkflowContext.Current.TargetWorkerDeploymentVersionChanged;

    /// <summary>The run's search attributes, with what was upserted.</summary>
    public static SearchAttributeCollection TypedSearchAttributes => WorkflowContext.Current.TypedSearchAttributes;

    /// <summary>The handlers of updates by name. May be changed at run time.</summary>
    public static IDictionary<string, WorkflowUpdateDefinition> Updates => WorkflowContext.Current.Updates;

    /// <summary>The time of the present workflow task, in UTC. It stands still within a task.</summary>
    public static DateTime UtcNow => WorkflowContext.Current.UtcNow;

    /// <summary>A random id that is the same on replay.</summary>
    /// <returns>The id.</returns>
    public static Guid NewGuid()
    {
        byte[] bytes = new byte[16];
        Random.NextBytes(bytes);
        bytes[7] = (byte)((bytes[7] & 0x0F) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new(bytes);
    }

    /// <summary>
    /// Whether the run takes the new path at a change of the code: true outside of replay, and on replay if the history was made by
    /// the new code. Remembered per id for the whole run.
    /// </summary>
    /// <param name="patchId">The change's id, unique in the workflow.</param>
    /// <returns>True for the new code.</returns>
    public static bool Patched(string patchId) => WorkflowContext.Current.Patch(patchId, deprecated: false);

    /// <summary>Marks a patch whose old path is gone. Remove the call when no history with the patch can be replayed any more.</summary>
    /// <param name="patchId">The change's id.</param>
    public static void DeprecatePatch(string patchId) => WorkflowContext.Current.Patch(patchId, deprecated: true);

    /// <summary>Changes values of the memo.</summary>
    /// <param name="updates">The changes, at least one.</param>
    public static void UpsertMemo(params MemoUpdate[] updates) => WorkflowContext.Current.UpsertMemo(updates);

    /// <summary>Changes search attributes.</summary>
    /// <param name="updates">The changes, at least one.</param>
    public static void UpsertTypedSearchAttributes(params SearchAttributeUpdate[] updates) =>
        WorkflowContext.Current.UpsertTypedSearchAttributes(updates);
}
