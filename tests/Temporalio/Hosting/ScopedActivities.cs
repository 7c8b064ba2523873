using Microsoft.Extensions.DependencyInjection;
using Temporalio.Activities;
using Temporalio.Extensions.Hosting;

namespace Temporalio.Tests.Hosting;

public sealed class ScopedActivities(ScopedResource resource)
{
    [Activity]
    public async Task<string> UseAsync(string broker)
    {
        await Task.Yield();
        Assert.Same(this, ActivityScope.ScopedInstance);
        Assert.Same(resource, ActivityScope.ServiceScope!.ServiceProvider.GetRequiredService<ScopedResource>());
        resource.Use(broker);
        return $"{broker} done";
    }
}
