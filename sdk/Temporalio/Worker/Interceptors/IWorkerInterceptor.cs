namespace Temporalio.Worker.Interceptors;

/// <summary>Puts itself into the calls of a worker. A client interceptor that implements it too serves all workers of its client.</summary>
public interface IWorkerInterceptor
{
    /// <summary>Wraps the calls of one attempt of an activity.</summary>
    /// <param name="nextInterceptor">What to call on.</param>
    /// <returns>The wrapped calls; by default the same.</returns>
    ActivityInboundInterceptor InterceptActivity(ActivityInboundInterceptor nextInterceptor) => nextInterceptor;
}
