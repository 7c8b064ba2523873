using Orchestrator.Lab.Servers;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace Temporalio.Tests.Transport;

[Trait("Category", "Lab")]
[Collection(RealServer.Collection)]
public sealed class RealConnectionTests(RealServer server)
{
    [LabFact]
    public async Task Connection_GetSystemInfo_TellsTheServersVersion()
    {
        GetSystemInfoResponse info = await server.Connection.WorkflowService.GetSystemInfoAsync(new());

        Assert.Equal("1", info.ServerVersion.Split('.')[0]);
        Assert.True(server.Connection.Capabilities!.SdkMetadata);
    }

    [LabFact]
    public async Task Connection_CheckHealth_IsServing() => Assert.True(await server.Connection.CheckHealthAsync());

    [LabFact]
    public async Task Connection_UnknownNamespace_ThrowsNotFoundWithDetails()
    {
        RpcException error = await Assert.ThrowsAsync<RpcException>(
            () => server.Connection.WorkflowService.DescribeNamespaceAsync(new() { Namespace = "no-such-namespace" }));

        Assert.Equal(RpcException.StatusCode.NotFound, error.Code);
        Assert.Equal("no-such-namespace", error.FindDetail<Temporalio.Api.ErrorDetails.V1.NamespaceNotFoundFailure>()?.Namespace);
    }
}
