using Orchestrator.Lab.Servers;
using Temporalio.Client;
using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace Temporalio.Tests.Workflows;

/// <summary>What workflow code sees of its children, and of other workflows.</summary>
[Trait("Category", "Lab")]
[Collection(RealServer.Collection)]
public sealed class ChildCallTests(RealServer server)
{
    [LabTheory]
    [InlineData(100)]
    [InlineData(0)]
    public async Task Children_OfEveryEnd_AreSeenAsTheyEnded(int cached)
    {
        LiveWorkflows live = new(server, cached);
        IReadOnlyList<string> seen = await live.ResultAsync<IReadOnlyList<string>>(
            live.Options(typeof(ParentWorkflow), typeof(ChildWorkflow)), "ParentWorkflow");

        Assert.Equal(
            [
                "result: opened by signal",
                "failure: ChildWorkflowFailureException of ChildWorkflow, caused by Blocked",
                "second start: WorkflowAlreadyStartedException",
                "wait for cancellation: ChildWorkflowFailureException, the child saw it: True",
                "try cancel: ChildWorkflowFailureException",
                "external signal: opened",
                "external cancel: Canceled",
                "nobody: ExternalWorkflowExecutionNotFound",
            ],
            seen);
    }

    [LabFact]
    public async Task Child_ParentCompletes_IsTerminatedOrLivesOn()
    {
        LiveWorkflows live = new(server);
        await live.RunAsync(live.Options(typeof(LeavingWorkflow), typeof(ChildWorkflow)), async () =>
        {
            WorkflowHandle parent = await live.StartAsync("LeavingWorkflow");
            string[] children = await parent.GetResultAsync<string[]>();
            WorkflowFailedException terminated = await Assert.ThrowsAsync<WorkflowFailedException>(
                () => live.Client.GetWorkflowHandle(children[0]).GetResultAsync());
            Assert.IsType<TerminatedFailureException>(terminated.InnerException);
            WorkflowHandle abandoned = live.Client.GetWorkflowHandle(children[1]);
            await abandoned.SignalAsync("Open", []);
            Assert.Equal("opened by signal", await abandoned.GetResultAsync<string>());
            return [parent, abandoned];
        });
    }

    [Workflow]
    public sealed class ChildWorkflow
    {
        private bool _isOpen;

        [WorkflowRun]
        public async Task<string> RunAsync(string mode)
        {
            if (mode == "fail")
            {
                throw new ApplicationFailureException("ISR 1 of 3", "Blocked");
            }

            await Workflow.WaitConditionAsync(() => _isOpen);
            return "opened by signal";
        }

        [WorkflowSignal]
        public Task OpenAsync()
        {
            _isOpen = true;
            return Task.CompletedTask;
        }
    }

    [Workflow]
    public sealed class LeavingWorkflow
    {
        [WorkflowRun]
        public async Task<string[]> RunAsync()
        {
            ChildWorkflowHandle<ChildWorkflow, string> terminated = await Workflow.StartChildWorkflowAsync(
                (ChildWorkflow child) => child.RunAsync("wait"));
            ChildWorkflowHandle<ChildWorkflow, string> abandoned = await Workflow.StartChildWorkflowAsync(
                (ChildWorkflow child) => child.RunAsync("wait"), new() { ParentClosePolicy = ParentClosePolicy.Abandon });
            return [terminated.Id, abandoned.Id];
        }
    }

    [Workflow]
    public sealed class ParentWorkflow
    {
        private readonly List<string> _seen = [];

        [WorkflowRun]
        public async Task<IReadOnlyList<string>> RunAsync()
        {
            ChildWorkflowHandle<ChildWorkflow, string> child = await StartAsync("wait");
            await child.SignalAsync(workflow => workflow.OpenAsync());
            _seen.Add($"result: {await child.GetResultAsync()}");
            await NoteAsync("failure", async () => await (await StartAsync("fail")).GetResultAsync());
            await StartTwiceAsync();
            await CancelAsync("wait for cancellation", ChildWorkflowCancellationType.WaitCancellationCompleted);
            await CancelAsync("try cancel", ChildWorkflowCancellationType.TryCancel);
            await CallOthersAsync();
            return _seen;
        }

        private static Task<ChildWorkflowHandle<ChildWorkflow, string>> StartAsync(string mode, ChildWorkflowOptions? options = null) =>
            Workflow.StartChildWorkflowAsync((ChildWorkflow workflow) => workflow.RunAsync(mode), options);

        // Cancelling asynchronously would leave the workflow's thread.
        private static void CancelHere(CancellationTokenSource source) => source.Cancel();

        private async Task StartTwiceAsync()
        {
            ChildWorkflowHandle<ChildWorkflow, string> first = await StartAsync("wait");
            await NoteAsync("second start", () => StartAsync("wait", new() { Id = first.Id }));
            await first.SignalAsync(workflow => workflow.OpenAsync());
            await first.GetResultAsync();
        }

        private async Task CancelAsync(string what, ChildWorkflowCancellationType type)
        {
            using CancellationTokenSource source = new();
            ChildWorkflowHandle<ChildWorkflow, string> child = await StartAsync(
                "wait", new() { CancellationType = type, CancellationToken = source.Token });
            CancelHere(source);
            try
            {
                await child.GetResultAsync();
            }
            catch (ChildWorkflowFailureException e)
            {
                string saw = type == ChildWorkflowCancellationType.TryCancel
                    ? string.Empty
                    : $", the child saw it: {e.InnerException is CanceledFailureException}";
                _seen.Add($"{what}: {e.GetType().Name}{saw}");
            }
        }

        private async Task CallOthersAsync()
        {
            ChildWorkflowHandle<ChildWorkflow, string> signaled = await StartAsync("wait");
            await Workflow.GetExternalWorkflowHandle<ChildWorkflow>(signaled.Id).SignalAsync(workflow => workflow.OpenAsync());
            await signaled.GetResultAsync();
            _seen.Add("external signal: opened");
            ChildWorkflowHandle<ChildWorkflow, string> cancelled = await StartAsync("wait");
            await Workflow.GetExternalWorkflowHandle(cancelled.Id).CancelAsync();
            try
            {
                await cancelled.GetResultAsync();
            }
            catch (ChildWorkflowFailureException e) when (e.InnerException is CanceledFailureException)
            {
                _seen.Add("external cancel: Canceled");
            }

            try
            {
                await Workflow.GetExternalWorkflowHandle("nobody").CancelAsync();
            }
            catch (ApplicationFailureException e)
            {
                _seen.Add($"nobody: {e.ErrorType}");
            }
        }

        private async Task NoteAsync(string what, Func<Task> call)
        {
            try
            {
                await call();
            }
            catch (ChildWorkflowFailureException e)
            {
                _seen.Add($"{what}: {e.GetType().Name} of {e.WorkflowType}, caused by {(e.InnerException as ApplicationFailureException)?.ErrorType}");
            }
            catch (WorkflowAlreadyStartedException e)
            {
                _seen.Add($"{what}: {e.GetType().Name}");
            }
        }
    }
}
