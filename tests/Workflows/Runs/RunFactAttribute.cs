using Xunit.Abstractions;
using Xunit.Sdk;

namespace Orchestrator.Workflows.Tests.Runs;

/// <summary>A test of a suite that runs on several servers; skipped by name in a class for a real one where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
[XunitTestCaseDiscoverer("Orchestrator.Workflows.Tests.Runs.RunFactDiscoverer", "Orchestrator.Workflows.Tests")]
public sealed class RunFactAttribute : FactAttribute;

/// <summary>The same with rows.</summary>
[AttributeUsage(AttributeTargets.Method)]
[XunitTestCaseDiscoverer("Orchestrator.Workflows.Tests.Runs.RunTheoryDiscoverer", "Orchestrator.Workflows.Tests")]
public sealed class RunTheoryAttribute : TheoryAttribute;

/// <summary>Finds the one test of a <see cref="RunFactAttribute"/>.</summary>
public sealed class RunFactDiscoverer(IMessageSink messages) : FactDiscoverer(messages)
{
    /// <inheritdoc/>
    public override IEnumerable<IXunitTestCase> Discover(
        ITestFrameworkDiscoveryOptions discoveryOptions, ITestMethod testMethod, IAttributeInfo factAttribute) =>
        SkippedRun.Of(DiagnosticMessageSink, discoveryOptions, testMethod) is { } skipped
            ? [skipped]
            : base.Discover(discoveryOptions, testMethod, factAttribute);
}

/// <summary>Finds the rows of a <see cref="RunTheoryAttribute"/>.</summary>
public sealed class RunTheoryDiscoverer(IMessageSink messages) : TheoryDiscoverer(messages)
{
    /// <inheritdoc/>
    public override IEnumerable<IXunitTestCase> Discover(
        ITestFrameworkDiscoveryOptions discoveryOptions, ITestMethod testMethod, IAttributeInfo theoryAttribute) =>
        SkippedRun.Of(DiagnosticMessageSink, discoveryOptions, testMethod) is { } skipped
            ? [skipped]
            : base.Discover(discoveryOptions, testMethod, theoryAttribute);
}

/// <summary>A test for which there is no server.</summary>
internal static class SkippedRun
{
    public static IXunitTestCase? Of(IMessageSink messages, ITestFrameworkDiscoveryOptions options, ITestMethod method)
    {
        bool needsServer = method.TestClass.Class.GetCustomAttributes(typeof(TraitAttribute))
            .Any(trait => trait.GetConstructorArguments().SequenceEqual(["Category", "Lab"]));
        return needsServer && LabTemporal.Missing is { } reason
            ? new XunitSkippedDataRowTestCase(
                messages, options.MethodDisplayOrDefault(), options.MethodDisplayOptionsOrDefault(), method, reason)
            : null;
    }
}
