import { maskAddress } from './mask';

describe(maskAddress.name, () => {
  it.each([
    ['siti@majubersama.example', 's***@m***.example'],
    ['siti.rahma@mail.co.id', 's***@m***.id'],
    ['a@localhost', 'a***@l***'],
    ['+6281234567890', '+62812****890'],
  ])('hides %s', (address, masked) => {
    expect(maskAddress(address)).toBe(masked);
  });
});
