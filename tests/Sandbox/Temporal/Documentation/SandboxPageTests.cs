using Google.Protobuf.Reflection;
using Orchestrator.Sandbox.Temporal;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace Orchestrator.Sandbox.Tests.Temporal.Documentation;

/// <summary>The page says which calls the server in the box serves, and it does what the page says.</summary>
public sealed class SandboxPageTests
{
    /// <summary>To write the table anew: run this test with the variable <c>WRITE_DOCS</c> set.</summary>
    [Fact]
    public async Task Calls_OnThePage_AreThoseThatAreServed()
    {
        if (Environment.GetEnvironmentVariable("WRITE_DOCS") is { Length: > 0 })
        {
            HashSet<string> stale = [.. SandboxPage.DocumentedCalls()];
            string[] lines = await File.ReadAllLinesAsync(SandboxPage.Path);
            int at = Array.FindIndex(lines, stale.Contains);
            at = at < 0 ? lines.Length : at;
            await File.WriteAllLinesAsync(
                SandboxPage.Path, [.. lines[..at], .. SandboxPage.Calls(), .. lines[at..].Where(line => !stale.Contains(line))]);
        }

        Assert.Equal(SandboxPage.Calls(), SandboxPage.DocumentedCalls());
    }

    [Fact]
    public async Task Calls_ThatAreNotServed_AnswerUnimplementedWithTheirName()
    {
        await using TemporalBox box = await TemporalBox.StartAsync();
        TemporalClient client = await TemporalClient.ConnectAsync(new(box.Address));
        List<string> answers = [];
        List<string> expected = [];
        foreach ((ServiceDescriptor service, Type server) in SandboxPage.Services)
        {
            object caller = service.Name switch
            {
                "WorkflowService" => client.WorkflowService,
                "OperatorService" => client.OperatorService,
                _ => client.Connection.TestService,
            };
            foreach (MethodDescriptor method in service.Methods.Where(method => !SandboxPage.IsServed(server, method)))
            {
                // The client of the SDK has a method for most of them, not for the newest.
                if (caller.GetType().GetMethod($"{method.Name}Async", [method.InputType.ClrType, typeof(RpcOptions)]) is { } call)
                {
                    RpcException refused = await Assert.ThrowsAsync<RpcException>(() =>
                        (Task)call.Invoke(caller, [Activator.CreateInstance(method.InputType.ClrType), new RpcOptions { Retry = false }])!);
                    answers.Add($"{refused.Code}: {refused.Message}");
                    expected.Add(
                        $"Unimplemented: /{service.FullName}/{method.Name} is not supported by the development server of the sandbox.");
                }
            }
        }

        Assert.NotEmpty(expected);
        Assert.Equal(expected, answers);
    }
}
