using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Temporalio.Api.TestService.V1;

namespace Temporalio.Client;

/// <summary>Raw calls of the test server that skips time.</summary>
/// <remarks>Calls throw <see cref="Exceptions.RpcException"/>, and are not repeated unless the options say so.</remarks>
public abstract class TestService : RpcService
{
    /// <inheritdoc/>
    internal override string FullName => "temporal.api.testservice.v1.TestService";

    /// <summary>Calls <c>GetCurrentTime</c>.</summary>
    public Task<GetCurrentTimeResponse> GetCurrentTimeAsync(Empty req, RpcOptions? options = null) =>
        InvokeRpcAsync("GetCurrentTime", req, GetCurrentTimeResponse.Parser, options);

    /// <summary>Calls <c>LockTimeSkipping</c>.</summary>
    public Task<LockTimeSkippingResponse> LockTimeSkippingAsync(LockTimeSkippingRequest req, RpcOptions? options = null) =>
        InvokeRpcAsync("LockTimeSkipping", req, LockTimeSkippingResponse.Parser, options);

    /// <summary>Calls <c>Sleep</c>.</summary>
    public Task<SleepResponse> SleepAsync(SleepRequest req, RpcOptions? options = null) =>
        InvokeRpcAsync("Sleep", req, SleepResponse.Parser, options);

    /// <summary>Calls <c>SleepUntil</c>.</summary>
    public Task<SleepResponse> SleepUntilAsync(SleepUntilRequest req, RpcOptions? options = null) =>
        InvokeRpcAsync("SleepUntil", req, SleepResponse.Parser, options);

    /// <summary>Calls <c>UnlockTimeSkipping</c>.</summary>
    public Task<UnlockTimeSkippingResponse> UnlockTimeSkippingAsync(UnlockTimeSkippingRequest req, RpcOptions? options = null) =>
        InvokeRpcAsync("UnlockTimeSkipping", req, UnlockTimeSkippingResponse.Parser, options);

    /// <summary>Calls <c>UnlockTimeSkippingWithSleep</c>.</summary>
    public Task<SleepResponse> UnlockTimeSkippingWithSleepAsync(SleepRequest req, RpcOptions? options = null) =>
        InvokeRpcAsync("UnlockTimeSkippingWithSleep", req, SleepResponse.Parser, options);

    /// <summary>The service of a connection.</summary>
    public class Core : TestService
    {
        private readonly TemporalConnection _connection;

        /// <summary>Initializes an instance.</summary>
        public Core(TemporalConnection connection) => _connection = connection;

        /// <inheritdoc/>
        protected override Task<T> InvokeRpcAsync<T>(string rpc, IMessage req, MessageParser<T> resp, RpcOptions? options = null) =>
            _connection.InvokeRpcAsync(this, rpc, req, resp, options);
    }
}
