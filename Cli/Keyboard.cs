using System.Text;

namespace B24Otmechalka.Cli;

/// <summary>What a person types, or a file in his place.</summary>
internal static class Keyboard
{
    /// <summary>Reads a line; Ctrl+C ends the wait, although the console itself cannot be stopped from waiting.</summary>
    public static Task<string?> ReadLineAsync(bool isSecret, CancellationToken cancellationToken) =>
        Task.Run(() => isSecret && !Console.IsInputRedirected ? ReadSecret() : Console.In.ReadLine(), cancellationToken)
            .WaitAsync(cancellationToken);

    // As it is typed or pasted, and never shown: a token would stay in the terminal's scroll-back.
    private static string? ReadSecret()
    {
        var text = new StringBuilder();
        while (true)
        {
            var key = Console.ReadKey(intercept: true);
            switch (key.Key)
            {
                case ConsoleKey.Enter:
                    return text.ToString();
                case ConsoleKey.Backspace:
                    text.Length = Math.Max(0, text.Length - 1);
                    break;
                default:
                    text.Append(key.KeyChar is '\0' ? "" : key.KeyChar);
                    break;
            }
        }
    }
}
