using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Orchestrator.Sandbox.Temporal.Wire;
using Temporalio.Api.TestService.V1;

namespace Orchestrator.Sandbox.Temporal.Services;

/// <summary>The calls by which the test environments of the official SDKs skip time. Time is locked until the first unlock.</summary>
internal sealed class TestService(ServerState state)
{
    public Task<LockTimeSkippingResponse> LockTimeSkipping(LockTimeSkippingRequest request, ServerCallContext call)
    {
        Move(-1);
        return Task.FromResult(new LockTimeSkippingResponse());
    }

    public Task<UnlockTimeSkippingResponse> UnlockTimeSkipping(UnlockTimeSkippingRequest request, ServerCallContext call)
    {
        Move(1);
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
        Move(1);
        try
        {
            await SleepAsync(until, call.CancellationToken).ConfigureAwait(false);
        }
        finally
        {
            Move(-1);
        }

        return new();
    }

    private void Move(int by) => state.Change(() =>
    {
        try
        {
            return state.Skipping.Waiting += by;
        }
        catch (InvalidOperationException e)
        {
            throw RpcErrors.FailedPrecondition(e.Message);
        }
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
