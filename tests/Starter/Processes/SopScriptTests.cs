using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.Versioning;
using Orchestrator.Lab.Servers.Programs;

namespace Orchestrator.Starter.Tests.Processes;

/// <summary>
/// What <c>./sop</c> does before there is a <c>sop</c>; the SDK's part is played by a script that writes down how it is called.
/// </summary>
[UnsupportedOSPlatform("windows")]
public sealed class SopScriptTests : IDisposable
{
    private readonly string _checkout = Directory.CreateTempSubdirectory("sop-script-").FullName;

    public SopScriptTests()
    {
        File.Copy(Path.Combine(Root(), "sop"), Path.Combine(_checkout, "sop"));
        Directory.CreateDirectory(Path.Combine(_checkout, "docs", "procedures"));
        Directory.CreateDirectory(Path.Combine(_checkout, "src", "Starter"));
        File.WriteAllText(Path.Combine(_checkout, "Directory.Packages.props"), "<Project/>");
    }

    public void Dispose() => Directory.Delete(_checkout, recursive: true);

    [Fact]
    public void WithoutDotnet_SaysSoInOneSentenceWithHowToGetIt()
    {
        ProgramRun run = Run(path: "/nowhere", "list");

        Assert.Equal(5, run.ExitCode);
        Assert.Equal("", run.Output);
        Assert.Equal(
            "sop needs the .NET SDK 10, and there is no 'dotnet' on PATH: "
                + "install it from https://dotnet.microsoft.com/download/dotnet/10.0 "
                + "(or with your package manager: dotnet-sdk-10.0).\n",
            run.Errors);
    }

    [Fact]
    public void FirstRun_SaysWhatItDoes_AndLeavesNoServerBehind_AndTheSecondIsSilent()
    {
        string sdk = Path.Combine(_checkout, "sdk");
        Directory.CreateDirectory(sdk);
        string program = Path.Combine(_checkout, "src", "Starter", "bin", "Release", "net10.0", "sop");
        WriteScript(Path.Combine(sdk, "dotnet"), $"""
            echo "$@ NOLOGO=$DOTNET_NOLOGO REUSE=$MSBUILDDISABLENODEREUSE" >> {_checkout}/calls
            mkdir -p {Path.GetDirectoryName(program)} && printf '#!/bin/sh\necho ran "$@"\n' > {program} && chmod +x {program}
            """);
        string path = $"{sdk}:/usr/bin:/bin";

        ProgramRun first = Run(path, "list", "-o", "json");
        ProgramRun second = Run(path, "list");

        Assert.Equal(0, first.ExitCode);
        Assert.Equal("ran list -o json\n", first.Output);
        Assert.Matches(
            "^Building sop, 1 of 2: fetching packages .*\nBuilding sop, 2 of 2: compiling ...\nBuilt sop in [0-9]+ s.\n$", first.Errors);
        Assert.Equal(new ProgramRun(0, "ran list\n", ""), second);
        string[] calls = File.ReadAllLines(Path.Combine(_checkout, "calls"));
        Assert.Equal(["restore", "build"], calls.Select(call => call.Split(' ')[0]));
        Assert.All(calls, call => Assert.EndsWith("NOLOGO=1 REUSE=1", call, StringComparison.Ordinal));
        Assert.All(calls, call => Assert.Contains("--disable-build-servers", call, StringComparison.Ordinal));
    }

    private static string Root([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", ".."));

    private static void WriteScript(string file, string text)
    {
        File.WriteAllText(file, $"#!/bin/sh\n{text}\n");
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private ProgramRun Run(string path, params string[] arguments)
    {
        ProcessStartInfo start = new("/bin/bash", [Path.Combine(_checkout, "sop"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["PATH"] = path;
        start.Environment.Remove("DOTNET_ROOT");
        using Process process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd();
        string errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return new(process.ExitCode, output, errors);
    }
}
