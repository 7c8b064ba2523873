namespace Temporalio.Client.Interceptors;

/// <summary>Makes interceptors of a client's calls.</summary>
public interface IClientInterceptor
{
    /// <summary>Puts an interceptor in front of the next one.</summary>
    ClientOutboundInterceptor InterceptClient(ClientOutboundInterceptor nextInterceptor) => nextInterceptor;
}
