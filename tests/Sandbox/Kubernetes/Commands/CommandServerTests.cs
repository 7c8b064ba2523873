using Orchestrator.Lab.Servers;
using Orchestrator.Sandbox.Tests.Kubernetes.Controllers;

namespace Orchestrator.Sandbox.Tests.Kubernetes.Commands;

/// <summary>
/// <c>kubectl</c> and <c>helm</c> still print of a real control plane, with pretended nodes, what they did when the scripts were recorded.
/// With ORCHESTRATOR_WRITE_GOLDEN=1 they are recorded anew instead.
/// </summary>
[Trait("Category", "Lab")]
public sealed class CommandServerTests(LabCluster cluster) : IClassFixture<LabCluster>
{
    [LabTheory]
    [MemberData(nameof(CommandScript.Names), MemberType = typeof(CommandScript))]
    public async Task Script_PrintsTheSame(string name)
    {
        string transcript = await new CommandScript(name, cluster.ReadKubeconfig()).RunAsync();
        if (Environment.GetEnvironmentVariable("ORCHESTRATOR_WRITE_GOLDEN") == "1")
        {
            CommandScript.Record(name, transcript);
        }

        string differences = CommandScript.Differences(CommandScript.Expected(name), transcript);

        Assert.True(differences.Length == 0, differences);
    }
}
