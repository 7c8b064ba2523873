using Orchestrator.Starter.Changes;
using Orchestrator.Starter.Rendering;
using Orchestrator.Workflows.ChangeControl;
using Spectre.Console;

namespace Orchestrator.Starter.Following;

/// <summary>Shows a change while it runs.</summary>
internal static class Watch
{
    /// <summary>Shows it until it has ended: a table that changes on a screen, else a line for each thing that is new.</summary>
    /// <param name="views">The change at each look.</param>
    /// <param name="terminal">Where it is shown.</param>
    /// <param name="cancellationToken">Ends the watch, not the change.</param>
    /// <returns>The change at its end.</returns>
    public static Task<ChangeView> ShowAsync(IAsyncEnumerable<ChangeView> views, Terminal terminal, CancellationToken cancellationToken) =>
        terminal.Screen is { } screen
            ? TableAsync(views, screen, cancellationToken)
            : LinesAsync(views, terminal.Clock, terminal.PrintLine, cancellationToken);

    /// <summary>Tells each thing that is new in one line.</summary>
    /// <returns>The change at its end.</returns>
    public static async Task<ChangeView> LinesAsync(
        IAsyncEnumerable<ChangeView> views, TimeProvider clock, Action<string> line, CancellationToken cancellationToken)
    {
        ChangeView? last = null;
        await foreach (ChangeView view in views.WithCancellation(cancellationToken))
        {
            foreach (string text in ChangeLines.Between(last, view))
            {
                line($"{Words.TimeOfDay(clock.GetUtcNow())}  {text}");
            }

            if (view.Change.State == ChangeState.AwaitingApproval && last?.Change.ApprovalWorkflowId != view.Change.ApprovalWorkflowId)
            {
                HowToVote.Of(view.Change, view.Approval).ToList().ForEach(line);
            }

            last = view;
        }

        return last!;
    }

    /// <summary>Shows each change as a document of its own.</summary>
    /// <returns>The change at its end.</returns>
    public static async Task<ChangeView> StreamAsync(
        IAsyncEnumerable<ChangeView> views, Func<ChangeView, string> document, Terminal terminal, CancellationToken cancellationToken)
    {
        ChangeView? last = null;
        string? printed = null;
        await foreach (ChangeView view in views.WithCancellation(cancellationToken))
        {
            string text = document(view);
            if (text != printed)
            {
                terminal.PrintDocument(text);
                printed = text;
            }

            last = view;
        }

        return last!;
    }

    private static async Task<ChangeView> TableAsync(
        IAsyncEnumerable<ChangeView> views, IAnsiConsole screen, CancellationToken cancellationToken)
    {
        ChangeView? last = null;
        await screen.Live(new Text("")).Overflow(VerticalOverflow.Ellipsis).StartAsync(async live =>
        {
            await foreach (ChangeView view in views.WithCancellation(cancellationToken))
            {
                last = view;
                live.UpdateTarget(StatusSheet.Of(view).Page);
            }
        });
        return last!;
    }
}
