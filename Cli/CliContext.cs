using System.Collections;
using System.Text;
using B24Otmechalka.Cli.Output;
using Microsoft.Extensions.DependencyInjection;

namespace B24Otmechalka.Cli;

/// <summary>What surrounds the command: where it writes, where it looks for files, and its environment. Tests bring their own.</summary>
internal sealed record CliContext
{
    /// <summary>What a person types to call the program: hints repeat it.</summary>
    public string CalledAs { get; init; } = "b24sync";

    /// <summary>Results.</summary>
    public required TextWriter Output { get; init; }

    /// <summary>Everything else: messages, progress, logs.</summary>
    public required TextWriter Error { get; init; }

    /// <summary>Whether a person looks at the results, so that colours and tables fit.</summary>
    public bool IsOutputTerminal { get; init; }

    /// <summary>Whether a person looks at the messages, so that progress fits.</summary>
    public bool IsErrorTerminal { get; init; }

    /// <summary>Whether a person types the input: can be asked, and ends the line himself.</summary>
    public bool IsInputTerminal { get; init; }

    /// <summary>Where the command was started.</summary>
    public required string WorkingDirectory { get; init; }

    /// <summary>Where the application lies: the second place to look for its files.</summary>
    public required string ApplicationDirectory { get; init; }

    /// <summary>The environment variables.</summary>
    public required IReadOnlyDictionary<string, string?> Environment { get; init; }

    /// <summary>The language of the system's user interface, where the environment does not tell it.</summary>
    public string? SystemLanguage { get; init; }

    /// <summary>
    /// Reads a line that a person types, not shown where it is a secret; <see langword="null"/> at the end of the input.
    /// </summary>
    public Func<bool, CancellationToken, Task<string?>> ReadLine { get; init; } = (_, _) => Task.FromResult<string?>(null);

    /// <summary>Where the word that a signal was heard is shown; a live view shows it in its place.</summary>
    public SignalNotice Notice { get; init; } = new();

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Changes the services of the product before they are built; for tests.</summary>
    public Action<IServiceCollection> Services { get; init; } = _ => { };

    /// <summary>The context of this process.</summary>
    public static CliContext OfProcess()
    {
        var encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        if (OperatingSystem.IsWindows())
        {
            Console.OutputEncoding = encoding;
        }

        var error = new StreamWriter(Console.OpenStandardError(), encoding) { AutoFlush = true };
        return new CliContext
        {
            Output = new StreamWriter(Console.OpenStandardOutput(), encoding) { AutoFlush = true },
            Error = TextWriter.Synchronized(Console.IsErrorRedirected ? error : new WrappedWriter(error)),
            IsOutputTerminal = !Console.IsOutputRedirected,
            IsErrorTerminal = !Console.IsErrorRedirected,
            IsInputTerminal = !Console.IsInputRedirected,
            WorkingDirectory = Directory.GetCurrentDirectory(),
            ApplicationDirectory = AppContext.BaseDirectory,
            SystemLanguage = Language.OfWindows(),
            ReadLine = Keyboard.ReadLineAsync,
            CalledAs = Call.OfProcess(),
            Environment = System
                .Environment.GetEnvironmentVariables()
                .Cast<DictionaryEntry>()
                .ToDictionary(entry => (string)entry.Key, entry => (string?)entry.Value),
        };
    }
}
