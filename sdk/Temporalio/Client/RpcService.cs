using Google.Protobuf;

namespace Temporalio.Client;

/// <summary>A service of the server.</summary>
public abstract class RpcService
{
    /// <summary>The service's full protobuf name.</summary>
    internal abstract string FullName { get; }

    /// <summary>Calls a method of the service.</summary>
    /// <typeparam name="T">The type of the answer.</typeparam>
    /// <param name="rpc">The name of the method.</param>
    /// <param name="req">The request.</param>
    /// <param name="resp">Reads the answer.</param>
    /// <param name="options">Options of the call.</param>
    /// <exception cref="Exceptions.RpcException">The server answered with an error, could not be reached, or took too long.</exception>
    protected abstract Task<T> InvokeRpcAsync<T>(string rpc, IMessage req, MessageParser<T> resp, RpcOptions? options = null)
        where T : IMessage<T>;
}
