using System.Runtime.InteropServices;

namespace Orchestrator.Architecture.Tests;

/// <summary>
/// Packages bring native libraries for ten platforms, hundreds of megabytes for each output folder: a build keeps those of its own.
/// </summary>
public sealed class NativeLibraryTests
{
    private static readonly string Runtimes = Path.Combine(AppContext.BaseDirectory, "runtimes");

    [Fact]
    public void Output_HasTheNativeLibrariesOfThisPlatformAlone()
    {
        string[] platforms =
        [
            .. Directory.GetDirectories(Runtimes)
                .Where(folder => Directory.Exists(Path.Combine(folder, "native")))
                .Select(folder => Path.GetFileName(folder)),
        ];

        Assert.NotEmpty(platforms);
        // Such as linux-x64, and linux-musl-x64 where that is the platform.
        Assert.All(platforms, platform => Assert.StartsWith(System, platform, StringComparison.Ordinal));
        Assert.All(platforms, platform => Assert.EndsWith(Processor, platform, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("librdkafka")]
    [InlineData("temporalio_sdk_core_c_bridge")]
    public void Output_HasTheNativeLibraryThatAPackageLoads(string library) => Assert.Contains(
        Directory.GetFiles(Runtimes, "*", SearchOption.AllDirectories),
        path => Path.GetFileName(path).Contains(library, StringComparison.Ordinal));

    private static string System => OperatingSystem.IsWindows() ? "win-" : OperatingSystem.IsMacOS() ? "osx-" : "linux-";

    private static string Processor => $"-{RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant()}";
}
