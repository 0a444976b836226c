import CameraOutlined from "@ant-design/icons/CameraOutlined";
import type { ChangeEvent, ReactElement, ReactNode } from "react";

/** What the server takes as a photo of a paper; a phone that makes another kind turns it into one of these itself. */
const PHOTOS = "image/jpeg,image/png";

/** Opens the camera, or on a desk the files, and hands on the one photo that was taken. `seals` where the photo says that a seal was pressed. */
export function CameraButton(props: {
  children: ReactNode;
  seals?: boolean;
  disabled?: boolean;
  onPhoto: (photo: File) => void;
}): ReactElement {
  const take = (event: ChangeEvent<HTMLInputElement>): void => {
    const [photo] = event.target.files ?? [];
    // The same photo may be chosen again after it was refused.
    event.target.value = "";
    if (photo) props.onPhoto(photo);
  };
  return (
    <label className="camera-button" data-seals={props.seals ?? false} data-off={props.disabled ?? false}>
      <CameraOutlined aria-hidden /> <span>{props.children}</span>
      <input type="file" accept={PHOTOS} capture="environment" disabled={props.disabled} onChange={take} />
    </label>
  );
}
