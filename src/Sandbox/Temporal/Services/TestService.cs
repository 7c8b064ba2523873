using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Orchestrator.Sandbox.Temporal.Wire;
using Temporalio.Api.TestService.V1;

namespace Orchestrator.Sandbox.Temporal.Services;

/// <summary>
/// The calls by which the test environments of the official SDKs skip time. Locks are counted; there is one at the beginning, and time is
/// skipped while there is none.
/// </summary>
internal sealed class TestService(ServerState state)
{
    private int _locks = 1;

    public Task<LockTimeSkippingResponse> LockTimeSkipping(LockTimeSkippingRequest request, ServerCallContext call)
    {
        Lock(1);
        return Task.FromResult(new LockTimeSkippingResponse());
    }

    public Task<UnlockTimeSkippingResponse> UnlockTimeSkipping(UnlockTimeSkippingRequest request, ServerCallContext call)
    {
        Lock(-1);
        return Task.FromResult(new UnlockTimeSkippingResponse());
    }

    public Task<GetCurrentTimeResponse> GetCurrentTime(Empty request, ServerCallContext call) =>
        Task.FromResult(state.Change(() => new GetCurrentTimeResponse { Time = Timestamp.FromDateTimeOffset(state.Time.Now) }));

    public async Task<SleepResponse> Sleep(SleepRequest request, ServerCallContext call)
    {
        await SleepAsync(state.Change(() => state.Time.Now) + request.Duration.ToTimeSpan(), call.CancellationToken).ConfigureAwait(false);
        return new();
    }

    public async Task<SleepResponse> SleepUntil(SleepUntilRequest request, ServerCallContext call)
    {
        await SleepAsync(request.Timestamp.ToDateTimeOffset(), call.CancellationToken).ConfigureAwait(false);
        return new();
    }

    public async Task<SleepResponse> UnlockTimeSkippingWithSleep(SleepRequest request, ServerCallContext call)
    {
        DateTimeOffset until = state.Change(() => state.Time.Now) + request.Duration.ToTimeSpan();
        Lock(-1);
        try
        {
            await SleepAsync(until, call.CancellationToken).ConfigureAwait(false);
        }
        finally
        {
            Lock(1);
        }

        return new();
    }

    // With the last lock gone, the client counts as one that waits.
    private void Lock(int by) => state.Change(() =>
    {
        if (_locks + by < 0)
        {
            throw RpcErrors.FailedPrecondition("Time skipping was unlocked more often than it was locked.");
        }

        bool wasLocked = _locks > 0;
        _locks += by;
        bool isLocked = _locks > 0;
        return state.Skipping.Waiting += isLocked == wasLocked ? 0 : isLocked ? -1 : 1;
    });

    private async Task SleepAsync(DateTimeOffset until, CancellationToken cancellationToken)
    {
        Waiter<object> waiter = state.Change(() =>
        {
            Waiter<object> sleeper = new(state);
            state.Time.At(until, "a sleep of a test", () => sleeper.Tell(state));
            return sleeper;
        });
        await waiter.WaitAsync(System.Threading.Timeout.InfiniteTimeSpan, cancellationToken).ConfigureAwait(false);
    }
}
