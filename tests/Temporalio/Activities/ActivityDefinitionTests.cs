using System.Reflection;
using Temporalio.Activities;
using Temporalio.Converters;
using Temporalio.Exceptions;

namespace Temporalio.Tests.Activities;

public class ActivityDefinitionTests
{
    public interface IRollActivities
    {
        [Activity]
        Task<string> DeletePodAsync(string pod);
    }

    [Theory]
    [InlineData(nameof(Sample.RestartAsync), "Restart")]
    [InlineData(nameof(Sample.SyncAsync), "SyncAsync")]
    [InlineData(nameof(Sample.Named), "kafka-roll")]
    [InlineData(nameof(Sample.Async), "Async")]
    public void Name_OfMethod_IsAttributesOrMethodsWithoutAsync(string method, string name) =>
        Assert.Equal(name, ActivityName.OfCall(typeof(Sample).GetMethod(method)!));

    [Fact]
    public void Name_OfInterfaceMethod_IsThatOfTheImplementation()
    {
        MethodInfo called = typeof(IRollActivities).GetMethod(nameof(IRollActivities.DeletePodAsync))!;
        ActivityDefinition run = Assert.Single(ActivityDefinition.CreateAll(new RollActivities()));
        Assert.Equal(run.Name, ActivityName.OfCall(called));
    }

    [Fact]
    public void Name_OfLocalFunction_IsItsOwn()
    {
        [Activity]
        static void Fence()
        {
        }

        Assert.Equal("Fence", ActivityDefinition.Create(Fence).Name);
    }

    [Fact]
    public void Create_LambdaWithoutName_SaysThatItNeedsOne()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => ActivityDefinition.Create([Activity] () => { }));
        Assert.Contains("give its [Activity] attribute a name", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Create_MethodWithoutAttribute_NamesTheMethod()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => ActivityDefinition.Create(new Sample().Plain));
        Assert.Contains("Sample.Plain has no [Activity] attribute", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Create_ParameterByReference_IsRefused() =>
        Assert.Throws<ArgumentException>(() => ActivityDefinition.Create((ByReference)new Sample().Reference));

    [Fact]
    public void Create_DynamicWithOrdinaryParameter_IsRefused() =>
        Assert.Throws<ArgumentException>(() => ActivityDefinition.Create(Sample.DynamicWithText));

    [Fact]
    public void Create_DynamicWithName_IsRefused() =>
        Assert.Throws<ArgumentException>(() => ActivityDefinition.Create(Sample.DynamicWithName));

    [Fact]
    public void Create_GenericMethod_IsRefused() => Assert.Throws<ArgumentException>(
        () => ActivityDefinition.Create(typeof(Sample).GetMethod(nameof(Sample.Generic))!, arguments => arguments[0]));

    [Fact]
    public void CreateAll_TypeWithoutActivities_NamesTheType()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => ActivityDefinition.CreateAll<object>(new()));
        Assert.Contains("System.Object", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void CreateAll_InstanceMethodsWithoutInstance_NamesTheMethod()
    {
        InvalidOperationException error = Assert.Throws<InvalidOperationException>(() => ActivityDefinition.CreateAll<RollActivities>(null));
        Assert.Contains("RollActivities.DeletePodAsync", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void CreateAll_DerivedType_HasActivitiesOfItsBase() => Assert.Equal(
        ["DeletePod", "Uncordon"], ActivityDefinition.CreateAll(new DerivedActivities()).Select(definition => definition.Name).Order());

    [Fact]
    public async Task Invoke_EachKindOfMethod_GivesItsResult()
    {
        Sample sample = new();
        Assert.Equal("restarted b0", await Invoke(sample.RestartAsync, "b0"));
        Assert.Equal(7, await Invoke(sample.SyncAsync));
        Assert.Equal(new InternalResult(3), await Invoke(Sample.InternalAsync));
        Assert.Equal(default(ValueTuple), await Invoke(sample.NothingAsync));
        Assert.Null(await Invoke(sample.Named));
        Assert.Equal("b1:30", await Invoke(Sample.WithDefault, "b1"));
        Assert.Equal("b1:5", await Invoke(Sample.WithDefault, "b1", 5));
    }

    [Fact]
    public async Task Invoke_MethodThatThrows_ThrowsWhatItThrew()
    {
        ApplicationFailureException fromSync = await Assert.ThrowsAsync<ApplicationFailureException>(() => Invoke(Sample.Throws));
        Assert.Equal("Blocked", fromSync.ErrorType);
        Assert.Contains(nameof(Sample.Throws), fromSync.StackTrace, StringComparison.Ordinal);
        await Assert.ThrowsAsync<TimeoutException>(() => Invoke(Sample.ThrowsLaterAsync));
    }

    [Fact]
    public async Task Invoke_InvokerThroughReflection_ThrowsWhatTheMethodThrew()
    {
        MethodInfo method = typeof(Sample).GetMethod(nameof(Sample.Throws))!;
        ActivityDefinition definition = ActivityDefinition.Create(method, arguments => method.Invoke(null, arguments));
        await Assert.ThrowsAsync<ApplicationFailureException>(() => definition.InvokeAsync([]));
    }

    [Fact]
    public void Definition_OfMethodWithDefault_RequiresTheOthers()
    {
        ActivityDefinition definition = ActivityDefinition.Create(Sample.WithDefault);
        Assert.Equal([typeof(string), typeof(int)], definition.ParameterTypes);
        Assert.Equal(1, definition.RequiredParameterCount);
        Assert.Equal(typeof(Sample).GetMethod(nameof(Sample.WithDefault)), definition.MethodInfo);
    }

    private static Task<object?> Invoke(Delegate activity, params object?[] arguments) =>
        ActivityDefinition.Create(activity).InvokeAsync(arguments);

    public delegate void ByReference(ref int value);

    internal sealed record InternalResult(int Number);

    public class RollActivities : IRollActivities
    {
        [Activity]
        public Task<string> DeletePodAsync(string pod) => Task.FromResult(pod);
    }

    public sealed class DerivedActivities : RollActivities
    {
        [Activity]
        public static void Uncordon()
        {
        }
    }

    public sealed class Sample
    {
        [Activity]
        public static string WithDefault(string broker, int seconds = 30) => $"{broker}:{seconds}";

        [Activity]
        public static string Throws() => throw new ApplicationFailureException("ISR too small", "Blocked");

        [Activity]
        public static async Task<string> ThrowsLaterAsync()
        {
            await Task.Yield();
            throw new TimeoutException();
        }

        [Activity]
        public static T Generic<T>(T value) => value;

        [Activity(Dynamic = true)]
        public static void DynamicWithText(string text)
        {
        }

        [Activity("named", Dynamic = true)]
        public static void DynamicWithName(IRawValue[] arguments)
        {
        }

        [Activity]
        public async Task<string> RestartAsync(string broker)
        {
            await Task.Yield();
            return $"restarted {broker}";
        }

        [Activity]
        public int SyncAsync() => 7;

        [Activity("kafka-roll")]
        public void Named()
        {
        }

        [Activity]
        public Task Async() => Task.CompletedTask;

        [Activity]
        public async Task NothingAsync() => await Task.Yield();

        [Activity]
        public void Reference(ref int value) => value = 0;

        public void Plain()
        {
        }

        [Activity]
        internal static Task<InternalResult> InternalAsync() => Task.FromResult(new InternalResult(3));
    }
}
