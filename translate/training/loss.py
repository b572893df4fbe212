"""Label-smoothed cross entropy whose gradient is made in the forward pass, a few rows at a time."""

from typing import Any

import torch

ROWS = 320  # whose logits stay in a core's cache


class SmoothedCrossEntropy(torch.autograd.Function):
    """Sum over targets of the label-smoothed cross entropy (Szegedy et al. 2016).

    Keeping `(tokens, vocabulary)` logits for the backward pass costs more time than all attention
    on a CPU. Here each chunk of rows gives its loss and its gradients at once.
    """

    @staticmethod
    def forward(
        ctx: Any,
        states: torch.Tensor,
        weight: torch.Tensor,
        bias: torch.Tensor | None,
        targets: torch.Tensor,
        smoothing: float,
    ) -> torch.Tensor:
        """Loss of decoder states `(tokens, width)` against targets `(tokens,)`.

        Args:
            ctx: of autograd.
            states: decoder output, without padding positions.
            weight: output embedding `(vocabulary, width)`; the last row, padding, takes no part.
            bias: of the logits of all but padding, which is not learnt; None if there is none.
            targets: token numbers below the last.
            smoothing: share of the probability spread over the vocabulary.
        """
        size = len(weight) - 1
        low = states.dtype
        table = weight[:size].to(low)
        to_states = torch.empty_like(states)
        to_weight = torch.zeros(size, weight.shape[1], dtype=torch.float32, device=weight.device)
        loss = torch.zeros((), dtype=torch.float32, device=weight.device)
        rows = ROWS if weight.device.type == "cpu" else 8192
        for start in range(0, len(states), rows):
            chunk, gold = states[start : start + rows], targets[start : start + rows, None]
            logits = (chunk @ table.T).float()
            if bias is not None:
                logits += bias
            at_gold, mean = logits.gather(1, gold), logits.mean(1)
            top = logits.amax(1, keepdim=True)
            logits.sub_(top).exp_()
            total = logits.sum(1, keepdim=True)
            loss += (top + total.log() - (1 - smoothing) * at_gold).sum() - smoothing * mean.sum()
            logits.div_(total).sub_(smoothing / size)
            logits.scatter_add_(1, gold, torch.full_like(at_gold, smoothing - 1))
            error = logits.to(low)
            to_states[start : start + rows] = error @ table
            to_weight += (error.T @ chunk).float()
        padding = to_weight.new_zeros(1, weight.shape[1])
        ctx.save_for_backward(to_states, torch.cat([to_weight, padding]))
        return loss

    @staticmethod
    def backward(ctx: Any, *grads: torch.Tensor) -> tuple[torch.Tensor | None, ...]:
        """Gradients for states and weight, scaled."""
        to_states, to_weight = ctx.saved_tensors
        return to_states * grads[0], to_weight * grads[0], None, None, None
