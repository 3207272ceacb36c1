using System.Reflection;
using B24Otmechalka.Core.Tests.Docs;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace B24Otmechalka.Core.Tests.Mutants;

/// <summary>
/// Compiles <c>Core</c> from its sources with one piece of text replaced. What the build has generated (log messages, expressions, global
/// usings) is taken as it is.
/// </summary>
internal static class MutantCompiler
{
    private const string CoreAssembly = "B24Otmechalka.Core";

    private static readonly string Intermediate = Path.GetFullPath(
        typeof(MutantCompiler)
            .Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(one => one.Key == "CoreIntermediateOutput")
            .Value!
    );

    private static readonly CSharpParseOptions Parsing = new(LanguageVersion.Preview);

    private static readonly Lazy<IReadOnlyDictionary<string, SyntaxTree>> Sources = new(() =>
        SourceFiles().ToDictionary(path => path, path => Parse(path, System.IO.File.ReadAllText(path)))
    );

    private static readonly Lazy<IReadOnlyList<MetadataReference>> References = new(() =>
        [
            .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
                .Split(Path.PathSeparator)
                .Where(path => Path.GetFileNameWithoutExtension(path) != CoreAssembly)
                .Select(path => MetadataReference.CreateFromFile(path)),
        ]
    );

    /// <summary>The file of the mutant, and its text as it would be.</summary>
    /// <exception cref="InvalidOperationException">The original is not there exactly once.</exception>
    public static (string Path, string Text) Mutated(Mutant mutant)
    {
        var path = Path.GetFullPath(Documents.At("Core", mutant.File));
        var text = System.IO.File.ReadAllText(path);
        return text.Split(mutant.Original).Length == 2
            ? (path, text.Replace(mutant.Original, mutant.Replacement, StringComparison.Ordinal))
            : throw new InvalidOperationException($"{mutant.Name}: its original does not stand exactly once in Core/{mutant.File}");
    }

    /// <summary>The assembly with the mutant; <see langword="null"/> stands for the product as it is.</summary>
    /// <exception cref="InvalidOperationException">
    /// The original is not there exactly once, or what stands instead does not compile.
    /// </exception>
    public static byte[] Compile(Mutant? mutant)
    {
        var trees = Sources.Value.Values.ToList();
        if (mutant is not null)
        {
            var (path, text) = Mutated(mutant);
            trees.Remove(Sources.Value[path]);
            trees.Add(Parse(path, text));
        }

        var options = new CSharpCompilationOptions(
            OutputKind.DynamicallyLinkedLibrary,
            nullableContextOptions: NullableContextOptions.Enable,
            allowUnsafe: true
        );
        using var assembly = new MemoryStream();
        var result = CSharpCompilation
            .Create(CoreAssembly, trees, References.Value, options)
            .Emit(assembly, manifestResources: Resources());
        return result.Success
            ? assembly.ToArray()
            : throw new InvalidOperationException(
                $"{mutant?.Name}: does not "
                    + $"compile:\n{string.Join('\n', result.Diagnostics.Where(one => one.Severity == DiagnosticSeverity.Error).Take(5))}"
            );
    }

    // The texts, as the build has made them.
    private static IEnumerable<ResourceDescription> Resources()
    {
        var core = typeof(Core.Sync.SyncRunner).Assembly;
        return core.GetManifestResourceNames()
            .Select(name => new ResourceDescription(name, () => core.GetManifestResourceStream(name)!, isPublic: true));
    }

    private static IEnumerable<string> SourceFiles()
    {
        var core = Path.GetFullPath(Documents.At("Core"));
        return Directory
            .EnumerateFiles(core, "*.cs", SearchOption.AllDirectories)
            .Where(path => !IsBelow(path, core, "obj") && !IsBelow(path, core, "bin"))
            .Concat(Directory.EnumerateFiles(Intermediate, "*.cs", SearchOption.AllDirectories))
            .Where(path => !path.EndsWith(".resources.cs", StringComparison.Ordinal)); // the satellites' own attributes
    }

    private static bool IsBelow(string path, string root, string folder) =>
        path.StartsWith(Path.Combine(root, folder) + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    private static SyntaxTree Parse(string path, string text) =>
        CSharpSyntaxTree.ParseText(SourceText.From(text, System.Text.Encoding.UTF8), Parsing, path);
}
