using System.Reflection;
using Orchestrator.Workflows.ChangeControl;
using Orchestrator.Workflows.ChangeControl.Trust;
using Temporalio.Activities;

namespace Orchestrator.Workflows.Tests.Contracts;

/// <summary>Every activity either changes nothing, or says what it changes to whoever decides whether it may.</summary>
public sealed class ActivityMarksTests
{
    /// <summary>All activities.</summary>
    public static TheoryData<string> Activities => [.. Methods.Select(method => method.GetCustomAttribute<ActivityAttribute>()!.Name!)];

    private static IEnumerable<MethodInfo> Methods => typeof(ChangeNames).Assembly.GetTypes()
        .Where(type => type.IsInterface)
        .SelectMany(type => type.GetMethods())
        .Where(method => method.IsDefined(typeof(ActivityAttribute)));

    [Theory]
    [MemberData(nameof(Activities))]
    public void Activity_ReadsOrTakesAWarrant(string name)
    {
        MethodInfo method = Methods.Single(each => each.GetCustomAttribute<ActivityAttribute>()!.Name == name);
        Type? input = method.GetParameters().FirstOrDefault()?.ParameterType;
        bool isWarranted = typeof(IWarrantedAct).IsAssignableFrom(input);
        bool isOfTheFrame = typeof(IFrameAct).IsAssignableFrom(input);

        Assert.True(
            new[] { method.IsDefined(typeof(ReadsAttribute)), isWarranted, isOfTheFrame }.Count(mark => mark) == 1,
            $"{name} must have [Reads], or take an {nameof(IWarrantedAct)} or an {nameof(IFrameAct)}, and only one of them.");
    }

    [Fact]
    public void Activities_ThatWriteForTheFrame_AreTheseAlone() => Assert.Equal(
        ["AcquireLocks", "KeepReport", "Notify", "RaiseFence", "ReleaseLocks", "WriteEvidence"],
        Methods.Where(method => typeof(IFrameAct).IsAssignableFrom(method.GetParameters().FirstOrDefault()?.ParameterType))
            .Select(method => method.GetCustomAttribute<ActivityAttribute>()!.Name).Order());
}
