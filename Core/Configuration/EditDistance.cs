namespace B24Otmechalka.Core.Configuration;

/// <summary>How far two names are from each other.</summary>
public static class EditDistance
{
    /// <summary>How many letters must be put in, left out, replaced or swapped with their neighbour (optimal string alignment).</summary>
    public static int Between(string one, string other)
    {
        var costs = new int[one.Length + 1, other.Length + 1];
        for (var i = 0; i <= one.Length; i++)
        {
            for (var j = 0; j <= other.Length; j++)
            {
                costs[i, j] = (i, j) switch
                {
                    (0, _) => j,
                    (_, 0) => i,
                    _ => Cheapest(costs, one, other, i, j),
                };
            }
        }

        return costs[one.Length, other.Length];
    }

    private static int Cheapest(int[,] costs, string one, string other, int i, int j)
    {
        var replaced = costs[i - 1, j - 1] + (one[i - 1] == other[j - 1] ? 0 : 1);
        var cheapest = Math.Min(replaced, Math.Min(costs[i - 1, j], costs[i, j - 1]) + 1);
        var isSwap = i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1];
        return isSwap ? Math.Min(cheapest, costs[i - 2, j - 2] + 1) : cheapest;
    }
}
