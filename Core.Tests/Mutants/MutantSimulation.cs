using System.Reflection;
using System.Runtime.Loader;
using B24Otmechalka.Core.Telemetry;
using B24Otmechalka.Core.Tests.Simulation;

namespace B24Otmechalka.Core.Tests.Mutants;

/// <summary>
/// The simulation around a mutant: this assembly and the Sandbox are loaded once more, beside another <c>Core</c>, so that nothing of them
/// knows that it is not the real one.
/// </summary>
internal sealed class MutantSimulation : IDisposable
{
    private readonly Context context;
    private readonly Func<int, object> play;
    private readonly PropertyInfo violation;

    public MutantSimulation(byte[] core)
    {
        context = new Context(core);
        var story = context.LoadFromAssemblyPath(typeof(Story).Assembly.Location).GetType(typeof(Story).FullName!, throwOnError: true)!;
        var method = story.GetMethod(nameof(Story.Play), [typeof(int)])!;
        play = seed => method.Invoke(null, [seed])!;
        violation = method.ReturnType.GetProperty(nameof(StoryEnd.Violation))!;
    }

    /// <summary>What goes wrong in a seed; <see langword="null"/> when nothing does.</summary>
    public string? Play(int seed)
    {
        try
        {
            return (string?)violation.GetValue(play(seed));
        }
        catch (TargetInvocationException error)
        {
            return error.InnerException!.ToString();
        }
    }

    /// <summary>
    /// The process has one list of meters: the copy's would be exported beside the real one's for as long as the process lives.
    /// </summary>
    public void Dispose()
    {
        var copy = context.Assemblies.Single(assembly => assembly.GetName().Name == typeof(SyncTelemetry).Assembly.GetName().Name);
        (
            (IDisposable)
                copy.GetType(typeof(SyncTelemetry).FullName!, throwOnError: true)!
                    .GetField("Meter", BindingFlags.NonPublic | BindingFlags.Static)!
                    .GetValue(null)!
        ).Dispose();
        context.Unload();
    }

    private sealed class Context(byte[] core) : AssemblyLoadContext(isCollectible: true)
    {
        private Assembly? mutant;

        protected override Assembly? Load(AssemblyName name) =>
            name.Name switch
            {
                "B24Otmechalka.Core" => mutant ??= LoadFromStream(new MemoryStream(core)),
                "B24Otmechalka.Sandbox" or "B24Otmechalka.Cli" => LoadFromAssemblyPath(
                    Path.Combine(AppContext.BaseDirectory, name.Name + ".dll")
                ),
                _ => null,
            };
    }
}
