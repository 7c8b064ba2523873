using System.Reflection;
using Google.Protobuf.Reflection;
using Grpc.Core;
using Orchestrator.Lab.Servers;
using Orchestrator.Sandbox.Temporal.Services;

namespace Orchestrator.Sandbox.Tests.Temporal.Documentation;

/// <summary>The page of the documentation about the box, and what its tables are made of.</summary>
internal static class SandboxPage
{
    /// <summary>Its file.</summary>
    public static string Path { get; } = System.IO.Path.Combine(LabTools.RepositoryRoot, "docs", "sandbox-temporal.md");

    /// <summary>Each service of Temporal's API with the class that serves it.</summary>
    public static IReadOnlyList<(ServiceDescriptor Service, Type Server)> Services { get; } =
    [
        (Temporalio.Api.WorkflowService.V1.ServiceReflection.Descriptor.Services[0], typeof(WorkflowService)),
        (Temporalio.Api.OperatorService.V1.ServiceReflection.Descriptor.Services[0], typeof(OperatorService)),
        (Temporalio.Api.TestService.V1.ServiceReflection.Descriptor.Services[0], typeof(TestService)),
    ];

    /// <summary>The table of calls as the code has it, one line each.</summary>
    public static IReadOnlyList<string> Calls() =>
    [
        .. Services.SelectMany(row => row.Service.Methods
            .OrderBy(method => method.Name, StringComparer.Ordinal)
            .Select(method =>
                $"| `{row.Service.Name}` | `{method.Name}` | {(IsServed(row.Server, method) ? "served" : "UNIMPLEMENTED")} |")),
    ];

    /// <summary>Whether the server has a method for a call.</summary>
    public static bool IsServed(Type server, MethodDescriptor method) => server.GetMethod(
        method.Name, BindingFlags.Public | BindingFlags.Instance, [method.InputType.ClrType, typeof(ServerCallContext)]) is not null;

    /// <summary>The lines that the official command line prints otherwise, as patterns, each with its reason.</summary>
    public static IReadOnlyList<(string Pattern, string Reason)> KnownDifferences() =>
    [
        .. Rows("## Where the official command line prints something else")
            .Select(cells => (cells[0].Trim('`').Replace("\\|", "|", StringComparison.Ordinal), cells[1])),
    ];

    /// <summary>The table of calls as the page has it.</summary>
    public static IReadOnlyList<string> DocumentedCalls() =>
        [.. Section("## Supported calls").Where(line => line.StartsWith("| `", StringComparison.Ordinal))];

    private static IEnumerable<string[]> Rows(string heading) => Section(heading)
        .Where(line => line.StartsWith("| `", StringComparison.Ordinal))
        .Select(line => line[2..^2].Split(" | ", StringSplitOptions.TrimEntries));

    private static IEnumerable<string> Section(string heading) =>
        File.ReadLines(Path).SkipWhile(line => line != heading).Skip(1)
            .TakeWhile(line => !line.StartsWith("## ", StringComparison.Ordinal));
}
