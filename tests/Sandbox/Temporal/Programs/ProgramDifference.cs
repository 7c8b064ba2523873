using System.Globalization;
using System.Text;

namespace Orchestrator.Sandbox.Tests.Temporal.Programs;

/// <summary>Where the results or the histories of one program on two servers, or on one in two ways, are not the same.</summary>
internal static class ProgramDifference
{
    private const int Shown = 240;

    /// <summary>The first differing lines with what was done, for whoever repairs it; null where there is no difference.</summary>
    public static string? Between(
        RandomProgram program, (string Name, IReadOnlyList<string> Lines) one, (string Name, IReadOnlyList<string> Lines) other)
    {
        int at = 0;
        while (at < one.Lines.Count && at < other.Lines.Count && one.Lines[at] == other.Lines[at])
        {
            at++;
        }

        if (at == one.Lines.Count && at == other.Lines.Count)
        {
            return null;
        }

        StringBuilder text = new();
        string first = one.Lines.ElementAtOrDefault(at) ?? "nothing";
        string second = other.Lines.ElementAtOrDefault(at) ?? "nothing";
        int same = first.Zip(second).TakeWhile(pair => pair.First == pair.Second).Count();
        text.AppendLine(CultureInfo.InvariantCulture, $"Seed {program.Seed}, line {at + 1}, from character {same + 1}:");
        text.AppendLine(CultureInfo.InvariantCulture, $"  {one.Name}: {Part(first, same)}");
        text.AppendLine(CultureInfo.InvariantCulture, $"  {other.Name}: {Part(second, same)}");
        text.AppendLine(CultureInfo.InvariantCulture, $"  the line: {first}");
        text.AppendLine(CultureInfo.InvariantCulture, $"  the program ends on cancel: {program.Input.EndsOnCancel}");
        foreach (Move move in program.Moves.Prepend(new Move(MoveKind.Signal, "start") { Steps = program.Input.Steps }))
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"  {move}");
        }

        return text.ToString();
    }

    private static string Part(string line, int same)
    {
        int from = Math.Max(0, same - 60);
        return line[from..Math.Min(line.Length, from + Shown)];
    }
}
