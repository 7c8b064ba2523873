using Temporalio.Activities;

namespace Temporalio.Tests.Recovery;

/// <summary>
/// Steps whose effects are lines in a file, so that they outlive the process. A step whose name stands in the file <c>hold</c> beside it
/// does not end.
/// </summary>
public sealed class StepActivities(string folder)
{
    private static readonly Lock Gate = new();

    private string Effects => Path.Combine(folder, "effects");

    private string Hold => Path.Combine(folder, "hold");

    public IReadOnlyList<string> Done
    {
        get
        {
            lock (Gate)
            {
                return File.Exists(Effects) ? File.ReadAllLines(Effects) : [];
            }
        }
    }

    [Activity]
    public async Task<string> DoAsync(string name, int step)
    {
        ActivityExecutionContext context = ActivityExecutionContext.Current;
        string text = $"{name}.{step}";
        Add($"{text}#{context.Info.Attempt}");
        while (File.Exists(Hold) && await File.ReadAllTextAsync(Hold) == text)
        {
            context.Heartbeat();
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, context.CancellationToken);
        }

        return text;
    }

    public void HoldAt(string step) => File.WriteAllText(Hold, step);

    public void LetGo() => File.Delete(Hold);

    private void Add(string line)
    {
        lock (Gate)
        {
            File.AppendAllText(Effects, $"{line}\n");
        }
    }
}
