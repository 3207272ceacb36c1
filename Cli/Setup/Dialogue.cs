using B24Otmechalka.Cli.Output;
using B24Otmechalka.Core.Operations;

namespace B24Otmechalka.Cli.Setup;

/// <summary>Asks a person, until the answer is right. Where nobody answers, what is proposed is taken.</summary>
/// <param name="session">Where it is asked.</param>
/// <param name="isSilent">Whether nothing is asked: every proposal is taken as it is.</param>
internal sealed class Dialogue(Session session, bool isSilent)
{
    /// <summary>Whether somebody can still answer: at the end of the input nobody does.</summary>
    public bool IsOpen { get; private set; } = !isSilent;

    /// <summary>The title of a step.</summary>
    public void Title(string title)
    {
        if (!session.IsJson)
        {
            session.Screen.Heading(title);
        }
    }

    /// <summary>Tells something.</summary>
    public void Say(string text, Tone tone = Tone.Plain)
    {
        if (!session.IsJson)
        {
            foreach (var line in text.Split('\n'))
            {
                session.Screen.Line(new Cell(line, tone));
            }
        }
    }

    /// <summary>Tells how a check ended.</summary>
    public void Say(Check check)
    {
        if (!session.IsJson)
        {
            Doctor.DoctorText.Show(session.Screen, check);
        }
    }

    /// <summary>Shows a table.</summary>
    public void Table(IReadOnlyList<string> headers, IReadOnlyList<IReadOnlyList<Cell>> rows)
    {
        if (!session.IsJson)
        {
            session.Screen.Table(headers, rows);
        }
    }

    /// <summary>
    /// Asks once. An empty answer is the proposal; <see langword="null"/> when there is none, or nobody answers.
    /// </summary>
    public async Task<string?> AskAsync(string question, string? proposal, CancellationToken cancellationToken, bool isSecret = false)
    {
        if (!IsOpen)
        {
            return proposal;
        }

        Say("");
        Say(question);
        session.Context.Output.Write(proposal is null ? "  > " : $"  [{proposal}] > ");
        var line = await session.Context.ReadLine(isSecret, cancellationToken);
        if (line is null)
        {
            IsOpen = false;
            Say("");
            return proposal;
        }

        if (isSecret || !session.Context.IsInputTerminal)
        {
            Say(""); // what was typed did not end the line
        }

        var answer = line.Trim();
        return answer.Length > 0 ? answer : proposal;
    }

    /// <summary>Asks a question of yes or no.</summary>
    public async Task<bool> ConfirmAsync(string question, bool proposal, CancellationToken cancellationToken)
    {
        while (true)
        {
            var (yes, no) = (SetupStrings.Of("Yes"), SetupStrings.Of("No"));
            var answer = await AskAsync(question, proposal ? yes : no, cancellationToken);
            switch (answer?.ToLowerInvariant())
            {
                case "y" or "yes" or "д" or "да":
                    return true;
                case "n" or "no" or "н" or "нет":
                    return false;
                default:
                    Say("  " + SetupStrings.Of("YesOrNo"), Tone.Bad);
                    break;
            }
        }
    }
}
