using System.Collections.Concurrent;
using System.Reflection;
using Google.Protobuf;
using Temporalio.Api.WorkflowService.V1;

namespace Temporalio.Client.Transport;

/// <summary>What a request means for its call.</summary>
internal static class RequestTraits
{
    private static readonly TimeSpan PlainTimeout = TimeSpan.FromSeconds(30);

    // The server answers a long poll within 60 s.
    private static readonly TimeSpan LongPollTimeout = TimeSpan.FromSeconds(70);

    private static readonly ConcurrentDictionary<Type, PropertyInfo?> NamespaceFields = [];

    /// <summary>How long a try may take where the caller does not say; null for no limit.</summary>
    public static TimeSpan? DefaultTimeout(IMessage request) => request switch
    {
        PollWorkflowTaskQueueRequest or PollActivityTaskQueueRequest or PollNexusTaskQueueRequest or
            PollWorkflowExecutionUpdateRequest or UpdateWorkflowExecutionRequest or ExecuteMultiOperationRequest or
            GetWorkflowExecutionHistoryRequest { WaitNewEvent: true } => LongPollTimeout,

        // The test server sleeps for as long as it is asked to.
        Api.TestService.V1.SleepRequest or Api.TestService.V1.SleepUntilRequest => null,
        _ => PlainTimeout,
    };

    /// <summary>Whether the server holds the call until there is something to answer.</summary>
    public static bool IsLongPoll(IMessage request) => DefaultTimeout(request) is not { } limit || limit > PlainTimeout;

    /// <summary>Whether the answer may well be large.</summary>
    public static bool ExpectsLargeAnswer(IMessage request) =>
        request is GetWorkflowExecutionHistoryRequest { WaitNewEvent: false } or GetWorkflowExecutionHistoryReverseRequest;

    /// <summary>The namespace that a request is about; null when it is about none.</summary>
    public static string? FindNamespace(IMessage request)
    {
        // Not over the message's descriptor: the first use of one builds those of the whole API, which take tens of megabytes.
        PropertyInfo? field = NamespaceFields.GetOrAdd(request.GetType(), static type => type.GetProperty("Namespace", typeof(string)));
        return field?.GetValue(request) is string { Length: > 0 } name ? name : null;
    }
}
