using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Temporalio.Extensions.Hosting;
using Temporalio.Worker.Interceptors;

namespace Temporalio.Tests.Hosting;

/// <summary>Makes the scope of each activity itself, to have it after the activity.</summary>
internal sealed class ScopeInterceptor(IServiceProvider provider, ConcurrentQueue<string> events) : IWorkerInterceptor
{
    public ActivityInboundInterceptor InterceptActivity(ActivityInboundInterceptor nextInterceptor) =>
        new Inbound(provider, events, nextInterceptor);

    private sealed class Inbound(IServiceProvider provider, ConcurrentQueue<string> events, ActivityInboundInterceptor next)
        : ActivityInboundInterceptor(next)
    {
        public override async Task<object?> ExecuteActivityAsync(ExecuteActivityInput input)
        {
            await using AsyncServiceScope scope = provider.CreateAsyncScope();
            ActivityScope.ServiceScope = scope;
            object? result = await base.ExecuteActivityAsync(input);
            events.Enqueue("after the activity");
            return result;
        }
    }
}
