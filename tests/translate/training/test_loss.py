import pytest
import torch

from translate.training.loss import ROWS, SmoothedCrossEntropy


@pytest.mark.parametrize("rows", [1, 7, ROWS + 3])
@pytest.mark.parametrize("smoothing", [0.0, 0.1])
@pytest.mark.parametrize("has_bias", [False, True])
def test_loss_and_gradients_are_those_of_torch(rows, smoothing, has_bias):
    torch.manual_seed(0)
    states = torch.randn(rows, 16, requires_grad=True)
    weight = torch.randn(31, 16, requires_grad=True)
    targets = torch.randint(0, 30, (rows,))
    bias = torch.randn(30) if has_bias else None
    loss = SmoothedCrossEntropy.apply(states, weight, bias, targets, smoothing)
    (3 * loss).backward()
    assert states.grad is not None and weight.grad is not None
    ours = states.grad.clone(), weight.grad.clone()
    states.grad = weight.grad = None
    logits = states @ weight[:30].T + (0 if bias is None else bias)
    expected = torch.nn.functional.cross_entropy(
        logits, targets, label_smoothing=smoothing, reduction="sum"
    )
    (3 * expected).backward()
    assert weight.grad is not None
    torch.testing.assert_close(loss, expected, rtol=1e-4, atol=1e-4)
    torch.testing.assert_close(ours, (states.grad, weight.grad), rtol=1e-3, atol=1e-3)
    assert not weight.grad[30].any()
