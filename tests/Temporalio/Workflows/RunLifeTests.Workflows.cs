using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace Temporalio.Tests.Workflows;

/// <content>The workflows of these tests.</content>
public sealed partial class RunLifeTests
{
    [Workflow]
    public sealed class CleaningWorkflow
    {
        [WorkflowQuery]
        public string State { get; private set; } = "waiting";

        [WorkflowRun]
        public async Task RunAsync()
        {
            try
            {
                await Workflow.WaitConditionAsync(() => false);
            }
            finally
            {
                await Workflow.DelayAsync(10, CancellationToken.None);
                State = "cleaned up";
            }
        }
    }

    [Workflow]
    public sealed class CountingWorkflow
    {
        [WorkflowRun]
        public async Task<string> RunAsync(int count)
        {
            await Workflow.DelayAsync(1);
            if (count < 2)
            {
                throw Workflow.CreateContinueAsNewException((CountingWorkflow next) => next.RunAsync(count + 1));
            }

            string owner = Workflow.PayloadConverter.ToValue(Workflow.Memo["owner"].Payload, typeof(string))!.ToString()!;
            return $"{count + 1} runs of {owner}, continued: {Workflow.Info.ContinuedRunId is not null}";
        }
    }

    [Workflow]
    public sealed class ThrowingWorkflow
    {
        [WorkflowRun]
        public Task RunAsync(string what) => what == "failure"
            ? throw new ApplicationFailureException("ISR 1 of 3", "Blocked")
            : throw new ArithmeticException("bug");
    }

    [Workflow("Steps")]
    public sealed class OldSteps
    {
        private bool _isGo;

        [WorkflowQuery]
        public string Version => "old";

        [WorkflowRun]
        public async Task<string> RunAsync()
        {
            Task timer = Workflow.DelayAsync(60_000);
            await Workflow.WhenAnyAsync(timer, Workflow.WaitConditionAsync(() => _isGo));
            return "went";
        }

        [WorkflowSignal]
        public Task GoAsync()
        {
            _isGo = true;
            return Task.CompletedTask;
        }
    }

    [Workflow("Steps")]
    public sealed class NewSteps
    {
        [WorkflowRun]
        public Task<string> RunAsync() =>
            Workflow.ExecuteActivityAsync<string>("new", [], new() { StartToCloseTimeout = TimeSpan.FromSeconds(1) });

        [WorkflowSignal]
        public Task GoAsync() => Task.CompletedTask;
    }

    [Workflow]
    public sealed class AddingWorkflow
    {
        private bool _isFinished;

        [WorkflowQuery]
        public int Sum { get; private set; }

        [WorkflowRun]
        public async Task<int> RunAsync()
        {
            await Workflow.WaitConditionAsync(() => _isFinished);
            return Sum;
        }

        [WorkflowSignal]
        public Task AddAsync(int number)
        {
            Sum += number;
            return Task.CompletedTask;
        }

        [WorkflowSignal]
        public Task FinishAsync()
        {
            _isFinished = true;
            return Task.CompletedTask;
        }
    }

    [Workflow(Dynamic = true)]
    public sealed class AnyWorkflow
    {
        private readonly List<string> _seen = [];

        [WorkflowRun]
        public async Task<string> RunAsync(Temporalio.Converters.IRawValue[] args)
        {
            _seen.Insert(0, Text(Workflow.Info.WorkflowType, args));
            await Workflow.WaitConditionAsync(() => _seen.Count == 3 && Workflow.AllHandlersFinished && _isAsked);
            return string.Join(", ", _seen);
        }

        [WorkflowSignal(Dynamic = true)]
        public Task SignalAsync(string name, Temporalio.Converters.IRawValue[] args)
        {
            _seen.Add(Text(name, args));
            return Task.CompletedTask;
        }

        [WorkflowQuery(Dynamic = true)]
        public string Query(string name, Temporalio.Converters.IRawValue[] args) => $"asked {name}";

        [WorkflowUpdate(Dynamic = true)]
        public async Task<string> UpdateAsync(string name, Temporalio.Converters.IRawValue[] args)
        {
            _seen.Add(Text(name, args));
            await Workflow.DelayAsync(1000);
            _isAsked = true;
            return $"updated {name}";
        }

        private bool _isAsked;

        private static string Text(string name, Temporalio.Converters.IRawValue[] args) =>
            $"{name}({string.Join(", ", args.Select(arg => Workflow.PayloadConverter.ToValue(arg.Payload, typeof(object))))})";
    }

    [Workflow]
    public sealed class InitializedWorkflow
    {
        private readonly List<string> _seen = [];

        [WorkflowInit]
        public InitializedWorkflow(string cluster) => _seen.Add(cluster);

        [WorkflowRun]
        public Task<string> RunAsync(string cluster)
        {
            _seen.Add(cluster);
            return Task.FromResult(string.Join(", ", _seen));
        }

        [WorkflowSignal]
        public Task NoteAsync(string note)
        {
            _seen.Add(note);
            return Task.CompletedTask;
        }
    }
}
